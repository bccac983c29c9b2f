import { decideField } from '../../src/merge/decide-field.ts'
import type { Decision } from '../../src/merge/decision.ts'
import type { FieldFacts } from '../../src/merge/field-facts.ts'
import { markdownTable } from './markdown-table.ts'

/** One situation of one field: what was in sync, and what either side holds now. */
interface Situation {
  readonly base: 'never' | '∅' | 'x'
  readonly dynamics: '∅' | 'x' | 'y'
  readonly activeCampaign: '∅' | 'x' | 'y' | 'z'
}

const directions = ['bidirectional', 'outbound', 'inbound'] as const
const blanks = ['ignoreBlank', 'clear', 'onlyIfEmpty'] as const

const situations: readonly Situation[] = [
  ...(['x', 'y', '∅'] as const).flatMap((dynamics) =>
    (['x', 'y', 'z', '∅'] as const).map((activeCampaign) => ({
      base: 'x' as const,
      dynamics,
      activeCampaign,
    })),
  ),
  ...(['∅', 'y'] as const).flatMap((dynamics) =>
    (['∅', 'y', 'z'] as const).map((activeCampaign) => ({ base: '∅' as const, dynamics, activeCampaign })),
  ),
  ...(['∅', 'x'] as const).flatMap((dynamics) =>
    (['∅', 'x', 'z'] as const).map((activeCampaign) => ({
      base: 'never' as const,
      dynamics,
      activeCampaign,
    })),
  ),
]

const factsOf = (
  { base, dynamics, activeCampaign }: Situation,
  rest: Pick<FieldFacts, 'direction' | 'blank' | 'conflict' | 'newer' | 'firstLink'>,
): FieldFacts => ({
  ...rest,
  hasBase: base !== 'never',
  dynamicsChanged: base !== 'never' && dynamics !== base,
  activeCampaignChanged: base !== 'never' && activeCampaign !== base,
  equivalent: dynamics === activeCampaign,
  dynamicsBlank: dynamics === '∅',
  activeCampaignBlank: activeCampaign === '∅',
  resolution: undefined,
})

const show = (decision: Decision): string => {
  switch (decision.kind) {
    case 'same':
      return '·'
    case 'settle':
      return '='
    case 'keep':
      return 'keep'
    case 'hold':
      return decision.code === 'conflict' ? '**conflict**' : '**hold**'
    case 'write':
      return `${decision.to === 'activeCampaign' ? '→ AC' : 'D365 ←'}${decision.overrules ? ' !' : ''}`
  }
}

/** Every situation under every direction and blank policy, as the planner decides it. */
export const mergeTable = (): string => {
  const columns = directions.flatMap((direction) => blanks.map((blank) => ({ direction, blank })))
  return markdownTable([
    ['base', 'D365', 'AC', ...columns.map(({ direction, blank }) => `${direction}<br>${blank}`)],
    ...situations.map((situation) => [
      situation.base,
      situation.dynamics,
      situation.activeCampaign,
      ...columns.map((column) =>
        show(
          decideField(
            factsOf(situation, { ...column, conflict: 'hold', newer: 'unknown', firstLink: 'hold' }),
          ),
        ),
      ),
    ]),
  ])
}

/** What becomes of a conflict, and of values that differ at a first link. */
export const conflictTable = (): string => {
  const changed: Situation = { base: 'x', dynamics: 'y', activeCampaign: 'z' }
  const first: Situation = { base: 'never', dynamics: 'x', activeCampaign: 'z' }
  const decide = (
    situation: Situation,
    conflict: FieldFacts['conflict'],
    newer: FieldFacts['newer'],
    firstLink: FieldFacts['firstLink'],
  ) =>
    show(
      decideField(
        factsOf(situation, { direction: 'bidirectional', blank: 'ignoreBlank', conflict, newer, firstLink }),
      ),
    )
  const cases = [
    ['dynamicsWins', 'unknown'],
    ['activeCampaignWins', 'unknown'],
    ['mostRecent', 'dynamics'],
    ['mostRecent', 'activeCampaign'],
    ['mostRecent', 'unknown'],
    ['hold', 'unknown'],
  ] as const
  return markdownTable([
    [
      'conflict policy',
      'record that changed last',
      'both changed',
      'first link, `hold`',
      'first link, `policy`',
    ],
    ...cases.map(([conflict, newer]) => [
      conflict,
      conflict === 'mostRecent' ? newer : 'any',
      decide(changed, conflict, newer, 'hold'),
      decide(first, conflict, newer, 'hold'),
      decide(first, conflict, newer, 'policy'),
    ]),
  ])
}
