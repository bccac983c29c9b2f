import type { ApplyContext } from '../apply/apply-context.ts'
import { readState } from '../context.ts'
import { type HeldLease, withLease } from '../lease/with-lease.ts'
import { isReadingContacts } from '../observe/contact-place.ts'
import { isObservedFor } from '../observe/remember-definition.ts'
import type { SyncParts } from '../parts.ts'
import { planSettings } from '../plan/plan-settings.ts'
import type { StepOptions } from '../step-options.ts'
import { failureIn } from './failure-in.ts'
import { areFieldsOutdated } from './fields-outdated.ts'
import { wasReadWithoutFields } from './missing-fields.ts'
import { asRun } from './noted-run.ts'
import { openBetweenRuns } from './open-between-runs.ts'
import { RunStop } from './run-stop.ts'
import { initialEntities, isOff } from './switches.ts'
import { countSynced } from './sync-record.ts'
import { takeAllHints } from './take-hints.ts'

interface LateOptions extends StepOptions {
  /** Epoch milliseconds after which nothing is begun. */
  readonly untilMs: number
}

/** Takes what waits, where it may be taken yet; says how many. */
const takeNow = async (parts: SyncParts, held: HeldLease, options: LateOptions): Promise<number> => {
  const { definition } = parts
  const state = { ...parts, fence: held.fence }
  const { ready, initial } = await readState(state, async (transaction) => ({
    ready:
      (await isObservedFor(transaction, definition)) &&
      !(await isOff(transaction)) &&
      !(await wasReadWithoutFields(transaction)) &&
      !(await isReadingContacts(transaction)) &&
      (await transaction.hints.count()) > 0,
    initial: await initialEntities(transaction, definition),
  }))
  if (!ready || initial.size > 0) return 0
  const boundary = async (): Promise<void> => {
    held.signal.throwIfAborted()
    if (parts.clock.now() >= options.untilMs) throw new RunStop('deadline')
    if (await readState(state, isOff)) throw new RunStop('off')
  }
  return asRun(parts, held, 'record', async ({ runId, counts, fail }) => {
    const opened = await openBetweenRuns(parts, held, options)
    if (await areFieldsOutdated(opened, opened.customFields, definition.entities)) return 0
    const context: ApplyContext = { ...opened, boundary, initial, runId }
    const settings = await planSettings(context, parts.settings)
    const taken = await takeAllHints(context, settings, (synced) => countSynced(counts, synced))
    const failure = failureIn(context, [])
    if (failure !== undefined) fail(failure)
    return taken
  })
}

const takeLate = async (parts: SyncParts, options: LateOptions): Promise<void> => {
  const { store, tenant } = parts
  for (let taken = 1; taken > 0; ) {
    if ((await readState({ store, tenant }, ({ hints }) => hints.count())) === 0) return
    const work = (held: HeldLease) => takeNow(parts, held, options)
    const result = await withLease(parts, { waitMs: 0, signal: options.signal }, work)
    taken = result === 'busy' ? 0 : result
  }
}

/**
 * Takes the hints that came too late for whoever had the lease: between its last look and the moment it gave the lease back. Where
 * somebody else has the lease by now, they do. Never rejects: what fails here is told by the runs of the tenant, and the next run finds it.
 */
export const takeLateHints = (parts: SyncParts, options: LateOptions): Promise<void> =>
  takeLate(parts, options).catch(() => undefined)
