import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { type Action, type ActionKind, assertNever } from '../actions/action.ts'
import type { Counts, GuardResult } from '../model/plan.ts'
import type { PlanSettings } from '../model/plan-input.ts'
import { subjectKey } from './ledger.ts'

/** A limit before it is measured. */
export type GuardRule = Pick<GuardResult, 'guard' | 'limit' | 'linkedRecords'>

/** The limits that a definition declares. */
export const guardRules = ({ guards }: CompiledDefinition, settings: PlanSettings): readonly GuardRule[] => {
  const { maxChangedShare, maxDeletes, maxUnsubscribes } = guards
  const linkedRecords = settings.linkedRecords ?? null
  const rule = (guard: GuardRule['guard'], limit: number | undefined): readonly GuardRule[] =>
    limit === undefined ? [] : [{ guard, limit, linkedRecords }]
  return [
    ...rule('changed-share', maxChangedShare),
    ...rule('deletes', maxDeletes),
    ...rule('unsubscribes', maxUnsubscribes),
  ]
}

/** Creating and linking change no record that was there before, nor does what belongs to a creation. */
const harmless: readonly ActionKind[] = [
  'create-active-campaign-contact',
  'create-active-campaign-account',
  'create-dynamics-record',
  'create-active-campaign-record',
  'create-custom-object',
  'extend-custom-object',
  'link-records',
  'move-link',
  'add-active-campaign-tags',
  'unlink-records',
]

/** As much of an action as a guard looks at. */
export type GuardedAction = Pick<Action, 'kind' | 'id' | 'entity' | 'dynamicsId' | 'activeCampaignId'>

export const isChange = ({ kind, activeCampaignId }: GuardedAction): boolean =>
  !harmless.includes(kind) && !(kind === 'set-active-campaign-account' && activeCampaignId === null)

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`

const measureShare = (
  { limit, linkedRecords }: GuardRule,
  actions: readonly GuardedAction[],
  counts: Counts,
): Pick<GuardResult, 'actual' | 'message'> => {
  const changed = new Set(actions.filter(isChange).map(subjectKey)).size
  // After a lost state nothing is linked, and that is when the guard is needed most.
  const total = Math.max(linkedRecords ?? counts.records, changed)
  const actual = total === 0 ? 0 : changed / total
  const message = `${changed} of ${total} records would change (${percent(actual)}); the limit is ${percent(limit)}.`
  return { actual, message }
}

const measure = (
  rule: GuardRule,
  actions: readonly GuardedAction[],
  counts: Counts,
): Pick<GuardResult, 'actual' | 'message'> => {
  switch (rule.guard) {
    case 'changed-share':
      return measureShare(rule, actions, counts)
    case 'deletes': {
      const actual = actions.filter(({ kind }) => kind.startsWith('delete-')).length
      return { actual, message: `${actual} records would be deleted; the limit is ${rule.limit}.` }
    }
    case 'unsubscribes': {
      const actual = actions.filter(({ kind }) => kind === 'unsubscribe-active-campaign-contact').length
      return { actual, message: `${actual} people would be unsubscribed; the limit is ${rule.limit}.` }
    }
    default:
      return assertNever(rule.guard)
  }
}

/** Measures a plan against its limits. A tripped guard stops the run before it writes anything. */
export const measureGuards = (
  rules: readonly GuardRule[],
  actions: readonly GuardedAction[],
  counts: Counts,
): readonly GuardResult[] =>
  rules.map(({ guard, limit, linkedRecords }) => {
    const { actual, message } = measure({ guard, limit, linkedRecords }, actions, counts)
    return { guard, limit, linkedRecords, actual, tripped: actual > limit, message }
  })
