import { allEnded, type Clock, systemClock } from '@dynacamp/http'
import { checkOption } from '../options.ts'
import type { RunReport } from '../run/run-report.ts'
import type { Sync } from '../sync.ts'
import { createTurns, type Turns } from './turns.ts'

/** Settings of {@link schedule}. */
export interface ScheduleOptions {
  /** Ends the schedule: runs stop between two pieces of work, and the promise resolves. */
  readonly signal: AbortSignal
  /** How many syncs run at once. One that runs long lets the others go first between its batches. Default: 4. */
  readonly together?: number
  readonly onReport?: (report: RunReport, sync: Sync) => void
  /** A run that failed or was stopped by a guard; the schedule goes on. Without it the error ends the schedule. */
  readonly onError?: (error: unknown, sync: Sync) => void
  /** Default: the host's clock. */
  readonly clock?: Clock
}

/** How soon a sync is asked again after an error that did not come from its run, such as a state that cannot be read. */
const afterErrorMs = 60_000

/** Waits, or ends early with the signal. */
const rest = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  clock.sleep(ms, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })

const oneTurn = async (sync: Sync, turns: Turns, options: ScheduleOptions): Promise<number | null> => {
  const { signal, onReport, onError } = options
  await turns.take()
  try {
    const { report, nextAtMs } = await sync.runDue({ signal, onBoundary: turns.pass })
    if (report !== null && report.runId !== null) onReport?.(report, sync)
    return nextAtMs
  } catch (error) {
    if (onError === undefined) throw error
    onError(error, sync)
    return null
  } finally {
    turns.give()
  }
}

/** Runs one sync whenever it is due. */
const keepUp = async (sync: Sync, turns: Turns, clock: Clock, options: ScheduleOptions): Promise<void> => {
  const { signal } = options
  while (!signal.aborted) {
    const nextAtMs = await oneTurn(sync, turns, options)
    if (signal.aborted) return
    // After a failed run, `runDue` knows when to try again; it is asked soon and answers without any call.
    const waitMs = nextAtMs === null ? afterErrorMs : nextAtMs - clock.now()
    await rest(clock, Math.max(waitMs, 0), signal)
  }
}

/**
 * Runs syncs by the schedules of their definitions, for a single process that stays up. Each runs at its times, one run at a time;
 * what was missed while the process was down is caught up by one run. Resolves once the signal has ended it and every run has
 * stopped.
 *
 * @throws What a run threw, where `onError` is not given.
 * @throws InvalidOptionError when `together` makes no sense.
 *
 * @example
 * import { schedule, type Sync } from '@dynacamp/engine'
 *
 * export const keepInSync = (sync: Sync) => {
 *   const stop = new AbortController()
 *   process.once('SIGTERM', () => stop.abort())
 *   return schedule([sync], { signal: stop.signal, onError: console.error })
 * }
 */
export const schedule = async (syncs: readonly Sync[], options: ScheduleOptions): Promise<void> => {
  const { together = 4, clock = systemClock, signal } = options
  checkOption('together', together, 'a whole number above 0', (count) => Number.isInteger(count) && count > 0)
  const turns = createTurns(together)
  // One that fails for good ends the others too, once their runs have stopped.
  const failed = new AbortController()
  const each = { ...options, signal: AbortSignal.any([signal, failed.signal]) }
  await allEnded(
    syncs.map((sync) =>
      keepUp(sync, turns, clock, each).catch((error: unknown) => {
        failed.abort()
        throw error
      }),
    ),
  )
}
