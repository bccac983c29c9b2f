import { inState } from '../context.ts'
import type { HeldLease } from '../lease/with-lease.ts'
import type { SyncParts } from '../parts.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { causeOf, endingOf, failureOf, flatCounts } from './ending.ts'
import { openCounts, type RunCounts } from './run-counts.ts'
import type { RunTrigger } from './run-report.ts'

/** Begins the entry of a run. Those of processes that ended are closed: whoever has the lease is the only one at work. */
export const beginRun = async (
  { runs }: StateTransaction,
  run: { readonly id: string; readonly startedAtMs: number; readonly trigger: RunTrigger },
): Promise<void> => {
  await runs.interrupt()
  await runs.start({ id: run.id, startedAt: new Date(run.startedAtMs).toISOString(), trigger: run.trigger })
}

/** Does work as a run of its own: with an entry among the runs, and a name in the journal. */
export const asRun = async <Result>(
  parts: SyncParts,
  held: HeldLease,
  trigger: RunTrigger,
  work: (run: {
    readonly runId: string
    readonly counts: RunCounts
    /** Enters a failure that the result itself tells of. */
    readonly fail: (error: Error) => void
  }) => Promise<Result>,
): Promise<Result> => {
  const { definition, clock } = parts
  const state = { ...parts, fence: held.fence }
  const runId = parts.newId()
  const counts = openCounts(definition.entities.map(({ entity }) => entity))
  const finish = (end: { readonly status: string; readonly error: ReturnType<typeof failureOf> | null }) => {
    const endedAt = new Date(clock.now()).toISOString()
    const result = { endedAt, counts: flatCounts(counts.read()), ...end }
    return inState(state, ({ runs }) => runs.finish(runId, result))
  }
  await inState(state, (transaction) =>
    beginRun(transaction, { id: runId, startedAtMs: clock.now(), trigger }),
  )
  let failed: Error | undefined
  const fail = (error: Error): void => {
    failed ??= error
  }
  try {
    const result = await work({ runId, counts, fail })
    await finish(
      failed === undefined
        ? { status: 'completed', error: null }
        : { status: 'failed', error: failureOf(failed) },
    )
    return result
  } catch (error) {
    const cause = causeOf(error, held.signal)
    const status = endingOf(cause, held.signal)
    // Without the lease, or with a state that fails, the entry stays as it was begun; the error says why.
    await finish({ status, error: status === 'failed' ? failureOf(cause) : null }).catch(() => undefined)
    throw error
  }
}
