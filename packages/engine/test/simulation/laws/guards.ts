import type { Action } from '@dynacamp/core'
import { GuardTrippedError } from '../../../src/index.ts'
import type { Entry } from '../diary.ts'
import type { Attempt } from '../host.ts'
import type { Exchange } from '../network.ts'
import type { Played } from '../play.ts'
import type { Law } from './law.ts'

interface Span {
  readonly from: number
  readonly until: number
}

const isIn =
  ({ from, until }: Span) =>
  ({ at }: { readonly at: number }): boolean =>
    at > from && at < until

/** A token is asked for with POST, and a batch may be of reads only. */
const isWrite = ({ method, path, body }: Exchange): boolean => {
  if (method === 'GET' || path.endsWith('/token')) return false
  return !path.endsWith('/$batch') || /^(?:POST|PATCH|DELETE|PUT) /m.test(body)
}

/** What the sync did to records that were there before. */
const doneIn = ({ diary }: Played, span: Span): readonly Entry[] => {
  const own = diary.entries.filter(({ by, at }) => by === 'sync' && isIn(span)({ at }))
  const made = new Set(
    own.filter(({ field, after }) => field === 'record' && after === true).map(({ record }) => record),
  )
  return own.filter(({ record }) => !made.has(record))
}

const isDelete = ({ field, after }: Entry): boolean =>
  (field === 'record' && after === false) || field === 'statecode'

/** People who get no mail any more, on either side. */
const optedOut = (entries: readonly Entry[]): ReadonlySet<string> =>
  new Set(
    entries
      .filter(
        ({ field, after }) =>
          (field === 'donotbulkemail' && after === true) || (field.startsWith('list ') && after === '2'),
      )
      .map(({ record }) => record),
  )

/** What changes a record that was there before: a new one, a link and a tag of our own do not. */
const changing = /^(?:update|delete|deactivate|unsubscribe)-/

/** What makes a link that was not there. */
const linking = /^(?:create|link)-/

const subjectsOf = (actions: readonly Action[]): ReadonlySet<string> =>
  new Set(
    actions.map(
      ({ entity, dynamicsId, activeCampaignId }) => `${entity} ${dynamicsId ?? `ac-${activeCampaignId}`}`,
    ),
  )

/**
 * The share of changed records, of those that can have been linked by then: at most all that the journal says were to be. Webhooks
 * change a record at a time, and no share is measured of them together.
 */
const overShare = (
  { journal, answered }: Played,
  span: Span,
  { maxChangedShare = 1 }: Attempt['guards'],
): readonly string[] => {
  if (answered.some(({ followed, from }) => followed && from < span.until)) return []
  const actionsOf = (entries: Played['journal'], kinds: RegExp): readonly Action[] =>
    entries.map(({ action }) => action).filter(({ kind }) => kinds.test(kind))
  const changed = subjectsOf(actionsOf(journal.filter(isIn(span)), changing)).size
  const linked = subjectsOf(
    actionsOf(
      journal.filter(({ at }) => at < span.from),
      linking,
    ),
  ).size
  return changed <= maxChangedShare * Math.max(linked, changed)
    ? []
    : [
        `${changed} of at most ${linked} linked records changed from ${span.from} to ${span.until}; the limit is a share of ${maxChangedShare}.`,
      ]
}

const overLimits = (played: Played, span: Span, { guards }: Pick<Attempt, 'guards'>): readonly string[] => {
  const { maxChangedShare, maxDeletes, maxUnsubscribes } = guards
  const done = doneIn(played, span)
  const deletes = done.filter(isDelete).length
  const unsubscribes = optedOut(done).size
  const changes = played.journal.filter((one) => isIn(span)(one) && changing.test(one.action.kind)).length
  const over = (what: string, actual: number, limit: number | undefined): readonly string[] =>
    limit === undefined || actual <= limit
      ? []
      : [`${actual} ${what} from ${span.from} to ${span.until}; the limit is ${limit}.`]
  return [
    ...over('deleted', deletes, maxDeletes),
    ...over('unsubscribed', unsubscribes, maxUnsubscribes),
    ...over('changed', changes, maxChangedShare === 0 ? 0 : undefined),
  ]
}

/**
 * Guards hold: whatever a run or a plan is asked for, it does no more than they allow; one that they stop as a whole writes nothing;
 * and without them it goes on. A webhook deletes and unsubscribes nobody where that is limited.
 */
export const guardsHold: Law = (played) => {
  const { attempts, answered, exchanges, overtaken, history } = played
  // What another worker does meanwhile is none of its own.
  const alone = attempts.filter(
    ({ worker, from, until }) =>
      !overtaken.has(worker) &&
      attempts.every((other) => other.worker === worker || other.until < from || other.from > until),
  )
  const stopped = attempts.flatMap(({ call, worker, from, until, guards, error }): readonly string[] => {
    if (!(error instanceof GuardTrippedError)) return []
    // What people change while a run goes on may be too much when it comes to it.
    const isMidway = call !== 'apply' && error.planId !== null
    const writes = exchanges.filter(
      (one) => one.worker === worker && isIn({ from, until })(one) && isWrite(one),
    )
    return [
      ...(Object.keys(guards).length === 0 ? [`Stopped at ${until} by a guard that nobody set.`] : []),
      ...(isMidway ? [] : writes).map(
        ({ method, path }) => `Stopped by a guard, it had written: ${method} ${path}.`,
      ),
    ]
  })
  const byHint = answered.filter(({ from, until }) =>
    attempts.every((attempt) => attempt.until < from || attempt.from > until),
  )
  const { maxChangedShare, maxDeletes, maxUnsubscribes } = history.policies.guards
  const none = {
    ...(maxChangedShare === 0 && { maxChangedShare }),
    ...(maxDeletes !== undefined && { maxDeletes: 0 }),
    ...(maxUnsubscribes !== undefined && { maxUnsubscribes: 0 }),
  }
  return [
    ...stopped,
    ...alone.flatMap((attempt) => [
      ...overLimits(played, attempt, attempt),
      ...overShare(played, attempt, attempt.guards),
    ]),
    ...byHint.flatMap((hint) => overLimits(played, hint, { guards: none })),
  ]
}
