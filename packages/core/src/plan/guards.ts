import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { type Action, type ActionKind, assertNever } from '../actions/action.ts'
import type { GuardResult } from '../model/plan.ts'
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
type GuardedAction = Pick<Action, 'kind' | 'entity' | 'dynamicsId' | 'activeCampaignId' | 'changes'>

export const isChange = ({
  kind,
  activeCampaignId,
}: Pick<GuardedAction, 'kind' | 'activeCampaignId'>): boolean =>
  !harmless.includes(kind) && !(kind === 'set-active-campaign-account' && activeCampaignId === null)

const percent = (share: number, digits: number): string => `${Number((share * 100).toFixed(digits))} %`

/** A share and its limit, with as many digits as it takes to see that it is above it. */
const inPercent = (share: number, limit: number, digits = 1): readonly [string, string] => {
  const [is, most] = [percent(share, digits), percent(limit, digits)]
  return share > limit && is === most && digits < 10 ? inPercent(share, limit, digits + 1) : [is, most]
}

/** A row that is deactivated is as good as gone to those who work with it. */
const removes = ({ kind }: GuardedAction): boolean =>
  kind.startsWith('delete-') || kind === 'deactivate-dynamics-record'

/** People who get no mail any more, on either side. */
const optsOut = ({ kind, changes }: GuardedAction): boolean =>
  kind === 'unsubscribe-active-campaign-contact' ||
  (kind === 'update-dynamics-record' && changes.some(({ reason }) => reason.code === 'opt-out-wins'))

/** What guards count. A record that several actions change counts once. */
export interface GuardCounts {
  readonly changed: number
  readonly deletes: number
  readonly unsubscribes: number
}

/** What a counter has counted, to go on with. */
export interface GuardsSoFar extends Omit<GuardCounts, 'changed'> {
  readonly changed: readonly string[]
}

/** Counts actions, which are given once each. */
export interface GuardCounter {
  add(action: GuardedAction): void
  read(): GuardCounts
  readonly soFar: () => GuardsSoFar
}

export const guardCounter = (before?: GuardsSoFar): GuardCounter => {
  const changed = new Set<string>(before?.changed)
  let { deletes, unsubscribes } = before ?? { deletes: 0, unsubscribes: 0 }
  return {
    add(action) {
      if (isChange(action)) changed.add(subjectKey(action))
      if (removes(action)) deletes += 1
      if (optsOut(action)) unsubscribes += 1
    },
    read: () => ({ changed: changed.size, deletes, unsubscribes }),
    soFar: () => ({ changed: [...changed], deletes, unsubscribes }),
  }
}

/** A plan or a run as guards see it: what it would do, and how many records it looked at. */
export interface Guarded extends GuardCounts {
  readonly records: number
}

/** What the share is a share of: records that are linked in all, or those of the plan where nobody said how many are. */
const whichOf = (changed: number, total: number, linkedRecords: number | null): string => {
  if (linkedRecords === null) return `${changed} of the ${total} records of this plan`
  if (linkedRecords >= changed) return `${changed} of ${total} linked records`
  return `${changed} records, more than the ${linkedRecords} that are linked,`
}

const measureShare = (
  { limit, linkedRecords }: GuardRule,
  { changed, records }: Guarded,
): Pick<GuardResult, 'actual' | 'message'> => {
  // After a lost state nothing is linked, and that is when the guard is needed most.
  const total = Math.max(linkedRecords ?? records, changed)
  const actual = total === 0 ? 0 : changed / total
  const [is, most] = inPercent(actual, limit)
  const message = `${whichOf(changed, total, linkedRecords)} would change (${is}); the limit is ${most}.`
  return { actual, message }
}

const measure = (rule: GuardRule, guarded: Guarded): Pick<GuardResult, 'actual' | 'message'> => {
  switch (rule.guard) {
    case 'changed-share':
      return measureShare(rule, guarded)
    case 'deletes': {
      const { deletes: actual } = guarded
      return {
        actual,
        message: `${actual} ${actual === 1 ? 'record' : 'records'} would be deleted or deactivated; the limit is ${rule.limit}.`,
      }
    }
    case 'unsubscribes': {
      const { unsubscribes: actual } = guarded
      return {
        actual,
        message: `${actual} ${actual === 1 ? 'person' : 'people'} would be unsubscribed or opted out; the limit is ${rule.limit}.`,
      }
    }
    default:
      return assertNever(rule.guard)
  }
}

/** Measures a plan against its limits. A tripped guard stops the run before it writes anything. */
export const measureGuards = (rules: readonly GuardRule[], guarded: Guarded): readonly GuardResult[] =>
  rules.map((rule) => {
    const { actual, message } = measure(rule, guarded)
    return { ...rule, actual, tripped: actual > rule.limit, message }
  })
