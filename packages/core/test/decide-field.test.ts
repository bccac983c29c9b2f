/** Every combination of facts there is, against the rules in words. */
import { expect, test } from 'vitest'
import { decideField } from '../src/merge/decide-field.ts'
import type { Decision, Target } from '../src/merge/decision.ts'
import type { FieldFacts } from '../src/merge/field-facts.ts'

const yesNo = [false, true] as const

function* allFacts(): Generator<FieldFacts> {
  for (const direction of ['bidirectional', 'outbound', 'inbound'] as const)
    for (const conflict of ['dynamicsWins', 'activeCampaignWins', 'mostRecent', 'hold'] as const)
      for (const blank of ['ignoreBlank', 'clear', 'onlyIfEmpty'] as const)
        for (const hasBase of yesNo)
          for (const dynamicsChanged of yesNo)
            for (const activeCampaignChanged of yesNo)
              for (const equivalent of yesNo)
                for (const dynamicsBlank of yesNo)
                  for (const activeCampaignBlank of yesNo)
                    for (const firstLink of ['hold', 'policy'] as const)
                      for (const newer of ['dynamics', 'activeCampaign', 'unknown'] as const)
                        for (const resolution of ['dynamics', 'activeCampaign', undefined] as const) {
                          // Two blanks are equal, a blank and a value are not; without a base nothing has changed.
                          if (
                            equivalent
                              ? dynamicsBlank !== activeCampaignBlank
                              : dynamicsBlank && activeCampaignBlank
                          )
                            continue
                          if (!hasBase && (dynamicsChanged || activeCampaignChanged)) continue
                          yield {
                            ...{
                              direction,
                              conflict,
                              blank,
                              hasBase,
                              dynamicsChanged,
                              activeCampaignChanged,
                            },
                            ...{
                              equivalent,
                              dynamicsBlank,
                              activeCampaignBlank,
                              firstLink,
                              newer,
                              resolution,
                            },
                          }
                        }
}

/** Checks a law in every situation; a failure names the facts. */
const always = (law: (facts: FieldFacts, decision: Decision) => boolean): void => {
  const broken = [...allFacts()].filter((facts) => !law(facts, decideField(facts)))
  expect(broken.slice(0, 1)).toEqual([])
}

const isBlank = (facts: FieldFacts, side: Target): boolean =>
  side === 'dynamics' ? facts.dynamicsBlank : facts.activeCampaignBlank
const isChanged = (facts: FieldFacts, side: Target): boolean =>
  side === 'dynamics' ? facts.dynamicsChanged : facts.activeCampaignChanged
const otherSide = (side: Target): Target => (side === 'dynamics' ? 'activeCampaign' : 'dynamics')

test('nothing happens where nothing changed', () => {
  always(
    (facts, { kind }) =>
      (kind === 'same') === (facts.hasBase && !facts.dynamicsChanged && !facts.activeCampaignChanged),
  )
})

test('what is equal on both sides is never written and never held', () => {
  always((facts, { kind }) => !facts.equivalent || kind === 'same' || kind === 'settle')
})

test('one way: the source is never written, whatever a person says', () => {
  always((facts, decision) => {
    if (decision.kind !== 'write') return true
    if (facts.direction === 'bidirectional') return true
    return decision.to === (facts.direction === 'outbound' ? 'activeCampaign' : 'dynamics')
  })
})

test('a blank overwrites a value only under the policy clear, or when a person says so', () => {
  always((facts, decision) => {
    if (decision.kind !== 'write' || decision.reason === 'conflict-resolved-by-hand') return true
    return !isBlank(facts, otherSide(decision.to)) || facts.blank === 'clear'
  })
})

test('onlyIfEmpty never overwrites a value', () => {
  always(
    (facts, decision) =>
      decision.kind !== 'write' || facts.blank !== 'onlyIfEmpty' || isBlank(facts, decision.to),
  )
})

test('at a first link under hold no value is overwritten, unless a person says so', () => {
  always((facts, decision) => {
    if (facts.hasBase || facts.firstLink === 'policy' || decision.kind !== 'write') return true
    return decision.reason === 'conflict-resolved-by-hand' || isBlank(facts, decision.to)
  })
})

test('a value that was set since the base is overruled openly, never silently', () => {
  always((facts, decision) => {
    if (decision.kind !== 'write' || isBlank(facts, decision.to)) return true
    return decision.overrules || (facts.hasBase && !isChanged(facts, decision.to))
  })
})

test('what overrules a value names the rule that may', () => {
  const policies = ['conflict-', 'source-owns-field']
  always(
    (_, decision) =>
      decision.kind !== 'write' ||
      !decision.overrules ||
      policies.some((policy) => decision.reason.startsWith(policy)),
  )
})

test('a value that goes to the other side because it changed is the one that changed', () => {
  const changed = { dynamics: 'changed-in-dynamics', activeCampaign: 'changed-in-active-campaign' } as const
  always((facts, decision) => {
    if (decision.kind !== 'write' || decision.reason === 'conflict-resolved-by-hand') return true
    const source = otherSide(decision.to)
    const alone = facts.hasBase && isChanged(facts, source) && !isChanged(facts, decision.to)
    const named = Object.values(changed).some((reason) => reason === decision.reason)
    return alone ? decision.reason === changed[source] : !named || decision.reason === changed[source]
  })
})

test('a first link under policy asks nobody, but for the conflict policy', () => {
  always(
    (facts, decision) =>
      facts.firstLink === 'hold' || decision.kind !== 'hold' || decision.code === 'conflict',
  )
})

test('two ways: a change on one side alone goes to the other, except for a blank policy', () => {
  always((facts, decision) => {
    if (facts.direction !== 'bidirectional' || !facts.hasBase || facts.equivalent) return true
    if (facts.dynamicsChanged === facts.activeCampaignChanged) return true
    if (decision.kind === 'keep') return facts.blank !== 'clear'
    const source: Target = facts.dynamicsChanged ? 'dynamics' : 'activeCampaign'
    return decision.kind === 'write' && decision.to === otherSide(source)
  })
})

test('a person is asked only where both sides count, and is obeyed', () => {
  always((facts, decision) => {
    const { resolution, direction } = facts
    const source = direction === 'outbound' ? 'dynamics' : 'activeCampaign'
    const obeyed = resolution !== undefined && (direction === 'bidirectional' || resolution === source)
    if (decision.kind === 'hold') return !obeyed && !facts.equivalent
    if (decision.kind !== 'write' || decision.reason !== 'conflict-resolved-by-hand') return true
    return facts.resolution === otherSide(decision.to)
  })
})

test('the sides are treated alike: swapped facts make the swapped decision', () => {
  const swapSide = <T extends string | undefined>(side: T) =>
    side === 'dynamics' ? 'activeCampaign' : side === 'activeCampaign' ? 'dynamics' : side
  const conflictSwap = { dynamicsWins: 'activeCampaignWins', activeCampaignWins: 'dynamicsWins' } as const
  const directionSwap = { outbound: 'inbound', inbound: 'outbound', bidirectional: 'bidirectional' } as const
  const swapped = (facts: FieldFacts): FieldFacts => ({
    ...facts,
    direction: directionSwap[facts.direction],
    conflict:
      facts.conflict === 'dynamicsWins' || facts.conflict === 'activeCampaignWins'
        ? conflictSwap[facts.conflict]
        : facts.conflict,
    dynamicsChanged: facts.activeCampaignChanged,
    activeCampaignChanged: facts.dynamicsChanged,
    dynamicsBlank: facts.activeCampaignBlank,
    activeCampaignBlank: facts.dynamicsBlank,
    newer: swapSide(facts.newer) as FieldFacts['newer'],
    resolution: swapSide(facts.resolution) as FieldFacts['resolution'],
  })
  always((facts, decision) => {
    const mirror = decideField(swapped(facts))
    if (mirror.kind !== decision.kind) return false
    if (mirror.kind !== 'write' || decision.kind !== 'write') return true
    return mirror.to === otherSide(decision.to) && mirror.overrules === decision.overrules
  })
})
