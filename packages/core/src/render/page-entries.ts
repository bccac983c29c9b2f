import type { Action } from '../actions/action.ts'
import type { Conflict, Hold, HoldCandidate, Need, Skip, Subject } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { escapeText } from './escape.ts'
import { disputeOf, needSentence, showAfter, showValue, symbolOf, verbOf, winnerOf } from './words.ts'

/** The parts of the page, in the order in which a careful reader wants them, with their headings. */
export const pageGroups = {
  held: 'Held: a person has to decide',
  conflict: 'Conflicts that are decided',
  remove: 'To remove',
  create: 'To create',
  change: 'To change',
  remember: 'To remember as in sync, without a call',
  unknown: 'Not known yet: looked up, then planned again',
  skipped: 'Skipped',
} as const

export type PageGroup = keyof typeof pageGroups

/** Headings of the tables an entry can have; the first column is the field. */
export const pageColumns = {
  values: ['field', 'value'],
  changes: ['field', 'before', 'after', 'why'],
  conflict: ['field', 'was', 'Dynamics 365', 'ActiveCampaign', 'outcome'],
} as const

/** What the page shows of one entry of the plan. Every text is safe to print and has no sensitive value in it. */
export interface PageEntry {
  readonly group: PageGroup
  readonly kind: string
  readonly sign: string
  readonly verb: string
  readonly entity: string
  readonly title: string
  readonly ids: string
  /** Keys of the mappings it is about; what the filter by field goes by. */
  readonly fields: readonly string[]
  readonly notes: readonly string[]
  readonly columns: keyof typeof pageColumns
  readonly rows: readonly (readonly string[])[]
  readonly lists: readonly { readonly heading: string; readonly items: readonly string[] }[]
}

type Look = Pick<PageEntry, 'group' | 'kind' | 'sign' | 'verb'>

const entryOf = (look: Look, subject: Subject, more: Partial<PageEntry>): PageEntry => ({
  ...look,
  entity: subject.entity,
  title: escapeText(subject.title),
  ids: [
    ...(subject.dynamicsId === null ? [] : [`Dynamics 365 ${escapeText(subject.dynamicsId)}`]),
    ...(subject.activeCampaignId === null ? [] : [`ActiveCampaign ${escapeText(subject.activeCampaignId)}`]),
  ].join(' · '),
  fields: [],
  notes: [],
  columns: 'changes',
  rows: [],
  lists: [],
  ...more,
})

const conflictRow = (conflict: Conflict): readonly string[] => {
  const { field, base, dynamics, activeCampaign, sensitive, reason } = conflict
  return [
    escapeText(field),
    base === null ? 'never in sync' : showValue(base.dynamics, sensitive),
    showValue(dynamics, sensitive),
    showValue(activeCampaign, sensitive),
    `${winnerOf(conflict)}. ${escapeText(reason.message)}`,
  ]
}

const candidateText = ({ side, entity, id, title, linkedTo }: HoldCandidate): string =>
  `${side === 'dynamics' ? 'Dynamics 365' : 'ActiveCampaign'}: ${entity} ${escapeText(title)} (${escapeText(id)}` +
  `${linkedTo === null ? '' : `, linked to ${escapeText(linkedTo)}`})`

const holdEntry = (hold: Hold, conflict: Conflict | undefined): PageEntry => {
  const field = hold.field === null ? null : escapeText(hold.field)
  return entryOf({ group: 'held', kind: 'held', sign: '!', verb: 'held' }, hold, {
    notes: [escapeText(hold.reason.message)],
    ...(field !== null && { fields: [field], columns: 'values', rows: [[field, 'held']] }),
    ...(conflict !== undefined && { columns: 'conflict', rows: [conflictRow(conflict)] }),
    lists: [
      { heading: 'Candidates', items: hold.candidates.map(candidateText) },
      { heading: 'What helps', items: hold.resolve.map(escapeText) },
    ].filter(({ items }) => items.length > 0),
  })
}

const conflictEntry = (conflict: Conflict): PageEntry =>
  entryOf({ group: 'conflict', kind: 'conflict', sign: '!', verb: winnerOf(conflict) }, conflict, {
    fields: [escapeText(conflict.field)],
    columns: 'conflict',
    rows: [conflictRow(conflict)],
  })

/** In the order of the page. */
const groupOfSign = { '-': 'remove', '+': 'create', '~': 'change', '=': 'remember' } as const

const actionEntry = (action: Action): PageEntry => {
  const sign = symbolOf(action)
  const creates = sign === '+'
  return entryOf({ group: groupOfSign[sign], kind: action.kind, sign, verb: verbOf(action) }, action, {
    fields: action.changes.map(({ key }) => escapeText(key)),
    notes: [escapeText(action.because)],
    columns: creates ? 'values' : 'changes',
    rows: action.changes.map((change) => [
      escapeText(change.field),
      ...(creates ? [] : [showValue(change.before, change.sensitive)]),
      showAfter(action, change),
      ...(creates ? [] : [escapeText(change.reason.message)]),
    ]),
  })
}

const skipEntry = (skip: Skip): PageEntry =>
  entryOf({ group: 'skipped', kind: 'skipped', sign: '·', verb: 'skipped' }, skip, {
    notes: [escapeText(skip.reason.message)],
  })

const needEntry = (need: Need): PageEntry => {
  const id = 'id' in need ? need.id : ''
  const ofDynamics = need.kind === 'dynamics-row' || (need.kind === 'reference' && need.side === 'dynamics')
  const ids = { dynamicsId: ofDynamics ? id : null, activeCampaignId: ofDynamics || id === '' ? null : id }
  return entryOf(
    { group: 'unknown', kind: need.kind, sign: '?', verb: 'not known yet' },
    { entity: need.entity, title: needSentence(need), ...ids },
    {},
  )
}

/** Everything in a plan as entries of a page, group by group. A held field's conflict is told with its hold. */
export const pageEntries = (plan: Plan): readonly PageEntry[] => {
  const disputed = new Map(plan.conflicts.map((conflict) => [disputeOf(conflict), conflict]))
  const ofGroup = Map.groupBy(plan.actions.map(actionEntry), ({ group }) => group)
  return [
    ...plan.holds.map((hold) => holdEntry(hold, disputed.get(disputeOf(hold)))),
    ...plan.conflicts.filter(({ winner }) => winner !== 'held').map(conflictEntry),
    ...Object.values(groupOfSign).flatMap((group) => ofGroup.get(group) ?? []),
    ...plan.needs.map(needEntry),
    ...plan.skips.map(skipEntry),
  ]
}
