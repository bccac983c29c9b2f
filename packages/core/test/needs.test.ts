/** Who else has a key, and what a record refers to: the batch itself knows its part, and the plan asks for the rest, and does nothing on a guess. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Candidates,
  type Plan,
  type PlanInput,
  planBatch,
  type RecordInput,
  type ReferenceTarget,
  referenceKey,
} from '../src/index.ts'
import { batchesOf, everybody } from './kit/batches-of.ts'
import { campaign, patienceMs } from './kit/campaign.ts'
import { companyHistory } from './kit/company-history.ts'
import { scenarios } from './kit/scenarios/index.ts'
import { batchesOfScenario } from './kit/scenarios/plan-scenario.ts'

/** The same candidates without the unlinked records of the batch itself. */
const withoutOwn = ({ candidates, entity }: PlanInput): Candidates =>
  Object.fromEntries(
    Object.entries(candidates).map(([key, { dynamics, activeCampaign }]) => [
      key,
      {
        dynamics: dynamics.filter((row) => row.link !== undefined || row.entity !== entity),
        activeCampaign: activeCampaign.filter(({ link }) => link !== undefined),
      },
    ]),
  )

const rows = scenarios.map((row) => [row.situation, row] as const)

const expectSameWithoutOwn = (input: PlanInput): void => {
  expect(planBatch({ ...input, candidates: withoutOwn(input) })).toEqual(planBatch(input))
}

describe('who is unlinked in the batch itself need not be among the candidates', () => {
  test.each(rows)('%s', (_, row) => batchesOfScenario(row).forEach(expectSameWithoutOwn))

  test('in all histories', { timeout: patienceMs }, () => {
    fc.assert(
      fc.property(everybody, (history) => batchesOf(history).forEach(expectSameWithoutOwn)),
      campaign(100),
    )
  })
})

/** A batch, and each of its records in one of its own: what a record needs to know, no other one then asks for. */
const apart = (input: PlanInput): readonly PlanInput[] => [
  input,
  ...input.records.map((record) => ({ ...input, records: [record] })),
]

const idsOf = ({ actions }: Plan): string[] => actions.map(({ id }) => id)

const expectAskedFor = (input: PlanInput): void => {
  const whole = planBatch(input)
  const known = new Map<string, Candidates[string]>()
  const plan = () => planBatch({ ...input, candidates: Object.fromEntries(known) })
  const missing = () => plan().needs.flatMap((need) => (need.kind === 'key-holders' ? [need.key] : []))
  for (let keys = missing(); keys.length > 0; keys = missing()) {
    const before = plan()
    for (const key of keys) {
      expect(known.has(key), `${key} is asked for twice`).toBe(false)
      known.set(key, input.candidates[key] ?? { dynamics: [], activeCampaign: [] })
    }
    expect(idsOf(whole)).toEqual(expect.arrayContaining(idsOf(before)))
  }
  expect(plan()).toEqual(whole)
}

describe('a plan asks for the holders of keys until it is the plan of somebody who knows them all', () => {
  test.each(rows)('%s', (_, row) => batchesOfScenario(row).flatMap(apart).forEach(expectAskedFor))

  test('in all histories', { timeout: patienceMs }, () => {
    fc.assert(
      fc.property(everybody, (history) => batchesOf(history).flatMap(apart).forEach(expectAskedFor)),
      campaign(100),
    )
  })
})

/** A linked record of which one side, or neither, was read. */
const unreadOf = ({ link, dynamics, activeCampaign, ...more }: RecordInput): readonly RecordInput[] => {
  if (link === undefined || dynamics === undefined || activeCampaign === undefined) return []
  return [
    { ...more, link, dynamics },
    { ...more, link, activeCampaign },
    { ...more, link },
  ]
}

const needsOf = ({ link, dynamics, activeCampaign }: RecordInput, { entity }: PlanInput) => [
  ...(activeCampaign ? [] : [{ kind: 'active-campaign-contact', entity, id: link?.activeCampaignId }]),
  ...(dynamics ? [] : [{ kind: 'dynamics-row', entity, id: link?.dynamicsId }]),
]

test.each(rows)('a linked record waits until both of its sides were read: %s', (_, row) => {
  for (const input of batchesOfScenario(row)) {
    for (const record of input.records.flatMap(unreadOf)) {
      const { actions, skips, holds, needs } = planBatch({ ...input, records: [record] })
      expect([actions, skips]).toEqual([[], []])
      expect(holds).toMatchObject([{ field: null, reason: { code: 'not-known-yet' } }])
      expect(needs).toEqual(needsOf(record, input))
    }
  }
})

test('a plan asks for what its records refer to until it is the plan of somebody who knows that', {
  timeout: patienceMs,
}, () => {
  fc.assert(
    fc.property(companyHistory, (history) => {
      for (const input of batchesOf(history)) {
        const whole = planBatch(input)
        const known = new Map<string, ReferenceTarget>()
        const plan = () => planBatch({ ...input, references: Object.fromEntries(known) })
        const missing = () =>
          plan().needs.flatMap((need) =>
            need.kind === 'reference' ? [referenceKey(need.side, need.entity, need.id)] : [],
          )
        for (let keys = missing(); keys.length > 0; keys = missing()) {
          const before = plan()
          expect(before.holds.some(({ reason }) => reason.code === 'not-known-yet')).toBe(true)
          for (const key of keys) {
            const target = input.references?.[key]
            if (target === undefined) throw new Error(`${key} leads to nothing that a record refers to`)
            known.set(key, target)
          }
          expect(idsOf(whole)).toEqual(expect.arrayContaining(idsOf(before)))
        }
        expect(plan()).toEqual(whole)
      }
    }),
    campaign(200),
  )
})
