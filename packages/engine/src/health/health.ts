import { readState } from '../context.ts'
import { type ReadTrouble, unreadBefore } from '../observe/unread.ts'
import type { SyncParts } from '../parts.ts'
import { initialEntities, isOff } from '../run/switches.ts'
import { dueAtMs } from '../schedule/due.ts'
import { scheduleOf } from '../schedule/schedule-state.ts'
import { setAsidesOf } from '../set-aside/set-asides.ts'
import { endOf } from '../state/ends.ts'
import type { RunRecord } from '../state/run-state.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { type Change, lately } from './lately.ts'
import { syncedUpToOf } from './synced-up-to.ts'
import { lastTallies } from './tally-state.ts'

/** How one entity is doing. */
export interface EntityHealth {
  /** Rows of D365, and records of ActiveCampaign of the kind they end in, as last read. Leads and contacts share theirs. */
  readonly records: { readonly dynamics: number; readonly activeCampaign: number }
  /** Pairs that belong together. */
  readonly linked: number
  /** Of those, the pairs with nothing left to carry over; fields that are held apart. */
  readonly inSync: number
  /** Records that the rules leave alone, by the code of the reason. */
  readonly excluded: Readonly<Record<string, number>>
  /** Records that wait for a person, by the code of the reason. */
  readonly held: Readonly<Record<string, number>>
  /** Fields that wait for a person while the rest of their record goes on. */
  readonly heldFields: number
  /** Records that failed and are set aside, and actions that a service refuses whatever the record, by the code of the error. */
  readonly failing: Readonly<Record<string, number>>
}

/** What the sync of one tenant is doing. Times are ISO 8601, UTC. */
export interface Health {
  readonly at: string
  readonly tenant: string
  readonly switchedOn: boolean
  /** Whether everything that was there at the beginning has been synced, of every entity; what failed is set aside. */
  readonly initialSyncDone: boolean
  readonly entities: Readonly<Record<string, EntityHealth>>
  /** What the last reading could not read, as a service refuses it: left alone until it can. */
  readonly unread: readonly ReadTrouble[]
  /**
   * The latest runs and applied plans, the last first. Of those of single records, of which webhooks make many, only the latest, where
   * an error ended it.
   */
  readonly runs: readonly RunRecord[]
  /** When `runDue` runs next; null while switched off. */
  readonly nextRunAt: string | null
  /** Everything that changed before this time has been seen to, but for what is held or set aside; null before the first run. */
  readonly syncedUpTo: string | null
  /** Since when the oldest of the set-aside records has been failing. */
  readonly failingSince: string | null
  /** Milliseconds that the oldest change has been waiting, at most: since `syncedUpTo`, or `failingSince` when that is earlier. */
  readonly lagMs: number | null
  /** Hints that no run has taken yet. */
  readonly hints: number
  /** The first actions of the latest runs, ten at most. */
  readonly lately: readonly Change[]
}

const shownRuns = 10

const failures = async (parts: SyncParts) => {
  const byEntity = new Map<string, Map<string, number>>()
  let since: string | null = null
  for await (const entry of setAsidesOf(parts).list()) {
    const codes = byEntity.get(entry.entity) ?? new Map<string, number>()
    byEntity.set(entry.entity, codes.set(entry.code, (codes.get(entry.code) ?? 0) + 1))
    if (since === null || entry.since < since) since = entry.since
  }
  return { byEntity, since }
}

const countsOf = async ({ records, links }: StateTransaction, entity: string) => ({
  records: {
    dynamics: await records.count(endOf(entity, 'dynamics')),
    activeCampaign: await records.count(endOf(entity, 'activeCampaign')),
  },
  linked: await links.count(entity),
})

/** The latest runs: those that a view shows, and all. */
const runsOf = async ({ runs }: StateTransaction) => {
  const latest = await runs.last(shownRuns)
  const lastRecord = latest.find(({ trigger }) => trigger === 'record')
  const own = await runs.last(shownRuns, 'record')
  if (lastRecord === undefined || lastRecord.error === null) return { runs: own, latest }
  // The latest of its kind: all that came after it are of other kinds.
  const newer = latest.indexOf(lastRecord)
  return { runs: own.toSpliced(newer, 0, lastRecord).slice(0, shownRuns), latest }
}

const added = (
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> => ({
  ...one,
  ...Object.fromEntries(Object.entries(other).map(([code, count]) => [code, count + (one[code] ?? 0)])),
})

/**
 * Counted by the state, with the reasons as the last pass over everything found them: planning anew for a view would cost too
 * much.
 */
export const healthOf = async (parts: SyncParts): Promise<Health> => {
  const { store, tenant, clock, definition } = parts
  const nowMs = clock.now()
  const { byEntity, since } = await failures(parts)
  const known = await readState({ store, tenant }, async (state) => {
    const tallies = await lastTallies(state)
    const entities: Record<string, EntityHealth> = {}
    for (const { entity } of definition.entities) {
      const { excluded = {}, held = {}, refused = {}, heldFields = 0, openLinks = 0 } = tallies[entity] ?? {}
      const counts = await countsOf(state, entity)
      const failing = added(Object.fromEntries(byEntity.get(entity) ?? []), refused)
      const inSync = Math.max(0, counts.linked - openLinks)
      entities[entity] = { ...counts, inSync, excluded, held, heldFields, failing }
    }
    return {
      entities,
      switchedOn: !(await isOff(state)),
      unread: await unreadBefore(state),
      initialSyncDone: (await initialEntities(state, definition)).size === 0,
      ...(await runsOf(state)),
      syncedUpToMs: await syncedUpToOf(state),
      schedule: await scheduleOf(state),
      hints: await state.hints.count(),
    }
  })
  const { schedule, syncedUpToMs, latest, ...rest } = known
  const sinceMs = since === null ? [] : [Date.parse(since)]
  const due = Math.max(nowMs, dueAtMs(schedule, definition.schedule.everyHours, nowMs))
  return {
    at: new Date(nowMs).toISOString(),
    tenant,
    ...rest,
    nextRunAt: rest.switchedOn ? new Date(due).toISOString() : null,
    syncedUpTo: syncedUpToMs === null ? null : new Date(syncedUpToMs).toISOString(),
    failingSince: since,
    lagMs: syncedUpToMs === null ? null : nowMs - Math.min(syncedUpToMs, ...sinceMs),
    lately: await lately(parts, latest),
  }
}
