import { readState } from '../context.ts'
import { checkDeadline } from '../options.ts'
import type { SyncParts } from '../parts.ts'
import { startRun } from '../run/run.ts'
import type { RunOptions } from '../run/run-options.ts'
import type { RunReport } from '../run/run-report.ts'
import { isOff } from '../run/switches.ts'
import { dueAtMs } from './due.ts'
import { scheduleOf } from './schedule-state.ts'

/** How soon to ask again about a tenant that is switched off, or that another process works on. */
const askAgainMs = 60_000

/** What came of asking whether a run is due. */
export interface DueReport {
  /** The run, when one was due. */
  readonly report: RunReport | null
  /** Epoch milliseconds at which to ask again. */
  readonly nextAtMs: number
}

/**
 * Runs when a run is due by the definition's schedule, and says when to ask again. Missed runs are caught up by one; a run that
 * stopped early, or whose process ended, goes on at once; a failed one is tried again with growing pauses.
 */
export const runDue = async (parts: SyncParts, options: RunOptions): Promise<DueReport> => {
  checkDeadline(options)
  const state = { store: parts.store, tenant: parts.tenant }
  const { clock, definition } = parts
  const { everyHours } = definition.schedule
  const nowMs = clock.now()
  const { off, schedule } = await readState(state, async (transaction) => ({
    off: await isOff(transaction),
    schedule: await scheduleOf(transaction),
  }))
  if (off) return { report: null, nextAtMs: nowMs + askAgainMs }
  const due = dueAtMs(schedule, everyHours, nowMs)
  if (due > nowMs) return { report: null, nextAtMs: due }
  const report = await startRun(parts, { ...options, trigger: 'schedule', waitMs: 0 })
  if (report.ending === 'busy' || report.ending === 'off')
    return { report, nextAtMs: clock.now() + askAgainMs }
  const after = await readState(state, scheduleOf)
  return { report, nextAtMs: dueAtMs(after, everyHours, clock.now()) }
}
