import { inState } from '../context.ts'
import { GuardTrippedError } from '../errors/guard-tripped-error.ts'
import { RunFailedError } from '../errors/run-failed-error.ts'
import { noteSyncedUpTo } from '../health/synced-up-to.ts'
import { type HeldLease, withLease } from '../lease/with-lease.ts'
import { checkDeadline } from '../options.ts'
import type { SyncParts } from '../parts.ts'
import { dueAtMs } from '../schedule/due.ts'
import { beginSlot, endSlot, scheduleOf } from '../schedule/schedule-state.ts'
import { causeOf, endingOf, failureOf, flatCounts } from './ending.ts'
import { leaveFullReading, leaveReading } from './fresh-reading.ts'
import { takeLateHints } from './late-hints.ts'
import { beginRun } from './noted-run.ts'
import { leavePlace } from './place.ts'
import { openCounts } from './run-counts.ts'
import type { StartedRun } from './run-options.ts'
import type { RunEnding, RunReport } from './run-report.ts'
import { type BegunRun, runWork } from './run-work.ts'
import { initialEntities, isOff } from './switches.ts'

const isoOf = (ms: number): string => new Date(ms).toISOString()

const messages: Readonly<Record<RunEnding, string>> = {
  completed: 'Nothing more could be done.',
  deadline: 'The deadline came; run again, and it goes on from here.',
  aborted: 'The host ended the run; the next one goes on from here.',
  'lease-lost': 'Another process took the tenant over.',
  'guard-tripped': 'A guard stopped the run.',
  failed: 'The run was ended by an error.',
  off: 'The sync is switched off.',
  busy: 'Another process is at work on this tenant.',
}

interface Ended {
  readonly ending: RunEnding
  readonly more: boolean
  readonly error: unknown
}

const reportOf = (
  { clock, dynamics, activeCampaign }: SyncParts,
  { trigger }: StartedRun,
  run: BegunRun & { readonly callsBefore: RunReport['calls'] },
  { ending, more, error }: Ended,
): RunReport => {
  const told = ending === 'failed' || ending === 'guard-tripped'
  const message = told && error instanceof Error ? error.message : messages[ending]
  return {
    runId: run.runId,
    trigger,
    initial: run.initial.size > 0,
    startedAt: isoOf(run.startedAtMs),
    durationMs: clock.now() - run.startedAtMs,
    ending,
    message,
    more,
    entities: run.counts.read(),
    calls: {
      dynamics: dynamics.requestsSent - run.callsBefore.dynamics,
      activeCampaign: activeCampaign.requestsSent - run.callsBefore.activeCampaign,
    },
    error: told ? { ...failureOf(error), message } : null,
  }
}

/** A run that did not begin. */
const idle = (
  { clock }: SyncParts,
  { trigger }: StartedRun,
  ending: 'off' | 'busy' | 'aborted',
): RunReport => ({
  runId: null,
  trigger,
  initial: false,
  startedAt: isoOf(clock.now()),
  durationMs: 0,
  ending,
  message: messages[ending],
  more: ending === 'aborted',
  entities: {},
  calls: { dynamics: 0, activeCampaign: 0 },
  error: null,
})

const runUnderLease = async (parts: SyncParts, held: HeldLease, options: StartedRun): Promise<RunReport> => {
  const { definition, clock, dynamics, activeCampaign } = parts
  const state = { ...parts, fence: held.fence }
  if (await inState(state, isOff)) return idle(parts, options, 'off')
  if (options.trigger === 'schedule') {
    // Another process may have run this slot between the question and the lease.
    const due = dueAtMs(await inState(state, scheduleOf), definition.schedule.everyHours, clock.now())
    if (due > clock.now()) return idle(parts, options, 'busy')
  }
  const run: BegunRun & { readonly callsBefore: RunReport['calls'] } = {
    runId: parts.newId(),
    initial: await inState(state, (transaction) => initialEntities(transaction, definition)),
    startedAtMs: clock.now(),
    counts: openCounts(definition.entities.map(({ entity }) => entity)),
    reading: null,
    fullyReadAtMs: null,
    place: null,
    callsBefore: { dynamics: dynamics.requestsSent, activeCampaign: activeCampaign.requestsSent },
  }
  await inState(state, async (transaction) => {
    const { runId: id, startedAtMs } = run
    await beginRun(transaction, { id, startedAtMs, trigger: options.trigger })
    await beginSlot(transaction, run.startedAtMs)
  })
  const ended = await runWork(parts, held, options, run).then(
    (more): Ended => ({ ending: 'completed', more, error: null }),
    (error: unknown): Ended => {
      const cause = causeOf(error, held.signal)
      const ending = endingOf(cause, held.signal)
      return { ending, more: ending !== 'guard-tripped' && ending !== 'off', error: cause }
    },
  )
  const report = reportOf(parts, options, run, ended)
  const { ending: status, entities, error } = report
  const result = { endedAt: isoOf(clock.now()), status, counts: flatCounts(entities), error }
  // Without the lease, or with a state that fails, the run's record stays as it was begun.
  await inState(state, async (transaction) => {
    await transaction.runs.finish(run.runId, result)
    const isDone = status === 'completed' && !report.more
    if (isDone && run.reading !== null) await noteSyncedUpTo(transaction, run.reading.fromMs)
    // After any other ending, whoever asks for everything once more means it.
    const goesOn = report.more && status !== 'failed' && status !== 'lease-lost'
    if ((goesOn || status === 'off') && run.fullyReadAtMs !== null)
      await leaveFullReading(transaction, { readAtMs: run.fullyReadAtMs, leftAtMs: clock.now() })
    // What was read, and how far it was gone through, is good for the next run where this one stopped at a boundary.
    const isKept = status === 'deadline' || status === 'off'
    if (isKept && run.reading !== null) await leaveReading(transaction, run.reading)
    if (isKept && run.place !== null) await leavePlace(transaction, run.place)
    const more = report.more || status === 'off'
    await endSlot(transaction, clock.now(), { failed: status === 'failed', more })
  }).catch(() => undefined)
  if (ended.error instanceof GuardTrippedError) throw ended.error
  if (report.ending === 'failed') throw new RunFailedError(report, ended.error)
  return report
}

/**
 * One run, from the lease to the report.
 *
 * @throws InvalidOptionError when `deadlineMs` makes no sense.
 */
export const startRun = async (parts: SyncParts, options: StartedRun): Promise<RunReport> => {
  const { signal, waitMs, deadlineMs = Number.POSITIVE_INFINITY } = options
  checkDeadline(options)
  if (signal?.aborted === true) return idle(parts, options, 'aborted')
  const calledAtMs = parts.clock.now()
  // The wait is the host's time, too.
  const report = await withLease(parts, { waitMs: Math.min(waitMs, deadlineMs), signal }, (held) =>
    runUnderLease(parts, held, { ...options, deadlineMs: deadlineMs - (parts.clock.now() - calledAtMs) }),
  ).catch((error: unknown) => {
    // Ended while it waited.
    if (signal?.aborted === true && error === signal.reason) return 'aborted' as const
    throw error
  })
  if (report === 'aborted' || report === 'busy') return idle(parts, options, report)
  if (report.ending === 'completed')
    await takeLateHints(parts, { ...options, untilMs: calledAtMs + deadlineMs })
  return report
}
