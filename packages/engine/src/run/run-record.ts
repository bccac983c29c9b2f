import type { ApplyContext } from '../apply/apply-context.ts'
import { inState, readState } from '../context.ts'
import { EntitiesUnreadError } from '../errors/entities-unread-error.ts'
import { type HeldLease, withLease } from '../lease/with-lease.ts'
import { isReadingContacts } from '../observe/contact-place.ts'
import { peopleIn } from '../observe/read-or-note.ts'
import { isObservedFor } from '../observe/remember-definition.ts'
import type { SyncParts } from '../parts.ts'
import { planSettings } from '../plan/plan-settings.ts'
import { entitiesOf } from '../plan/record-batches.ts'
import type { RecordName } from '../state/kinds.ts'
import type { StepOptions } from '../step-options.ts'
import { failureIn } from './failure-in.ts'
import { areFieldsOutdated } from './fields-outdated.ts'
import { takeLateHints } from './late-hints.ts'
import { asRun } from './noted-run.ts'
import { openBetweenRuns } from './open-between-runs.ts'
import { initialEntities, isOff } from './switches.ts'
import { countSynced, type SyncedRecord, syncRecord } from './sync-record.ts'

/** What came of a hint. */
export type RecordReport =
  /** Planned and applied: one plan for each entity that the record belongs to. */
  | { readonly status: 'synced'; readonly runId: string; readonly synced: readonly SyncedRecord[] }
  /**
   * The same, but for what only the next run may do: what a guard limits, and what hangs on who else there is in ActiveCampaign. The record
   * stays marked for it.
   */
  | { readonly status: 'left'; readonly runId: string; readonly synced: readonly SyncedRecord[] }
  /** Written down: the run that goes on takes it before its next batch, or the next run does. */
  | { readonly status: 'queued'; readonly runId: null; readonly synced: readonly [] }
  /** The sync is switched off; the first run after it is switched on finds the change. */
  | { readonly status: 'off'; readonly runId: null; readonly synced: readonly [] }

const queued: RecordReport = { status: 'queued', runId: null, synced: [] }

const syncNow = async (
  parts: SyncParts,
  held: HeldLease,
  record: RecordName,
  options: StepOptions,
): Promise<RecordReport> => {
  const { definition, store, tenant } = parts
  const state = { store, tenant, fence: held.fence }
  // Before everything was read once, a record cannot be told from one that the other side has already.
  const { observed, initial, halfRead } = await readState(state, async (transaction) => ({
    observed: await isObservedFor(transaction, definition),
    initial: await initialEntities(transaction, definition),
    halfRead: await isReadingContacts(transaction),
  }))
  const own = entitiesOf(definition, record)
  if (!observed || own.some(({ entity }) => initial.has(entity))) return queued
  // Contacts that an interrupted reading has listed may lack what people are matched by: the run that goes on with it takes this one.
  if (halfRead && own.some(({ entity }) => peopleIn(definition).entities.includes(entity))) return queued
  const opened = await openBetweenRuns(parts, held, options)
  // The next run that can read it takes it.
  if (own.length > 0 && own.every(({ entity }) => opened.unread.has(entity))) return queued
  if (await areFieldsOutdated(opened, opened.customFields, own)) return queued
  return asRun(parts, held, 'record', async ({ runId, counts, fail }): Promise<RecordReport> => {
    const context: ApplyContext = { ...opened, initial, runId }
    const settings = await planSettings(context, parts.settings)
    const before = context.unread.all().length
    const { synced, isLeft } = await syncRecord(context, settings, record)
    countSynced(counts, synced)
    const troubles = context.unread.all()
    const failure =
      failureIn(
        context,
        synced.flatMap(({ outcomes }) => outcomes),
      ) ?? (troubles.length > before ? new EntitiesUnreadError(troubles) : undefined)
    if (failure !== undefined) fail(failure)
    return { status: isLeft ? 'left' : 'synced', runId, synced }
  })
}

/**
 * Syncs one record at once. While a run goes on the record is left to it, as a hint; so is everything before the initial
 * sync is done.
 */
export const runRecord = async (
  parts: SyncParts,
  record: RecordName,
  options: StepOptions,
): Promise<RecordReport> => {
  const { store, tenant, clock } = parts
  if (await readState({ store, tenant }, isOff)) return { status: 'off', runId: null, synced: [] }
  const work = (held: HeldLease) => syncNow(parts, held, record, options)
  const report = await withLease(parts, { waitMs: 0, signal: options.signal }, work)
  if (report === 'busy' || report.status === 'queued') {
    const at = new Date(clock.now()).toISOString()
    await inState({ store, tenant }, ({ hints }) => hints.add({ ...record, at }))
  }
  // What came in meanwhile, and found the tenant busy; this one, where whoever made it so is through by now.
  await takeLateHints(parts, { ...options, untilMs: Number.POSITIVE_INFINITY })
  return report === 'busy' ? queued : report
}
