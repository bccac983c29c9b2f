import type { PlanSettings } from '@dynacamp/core'
import { InvalidArgumentError } from '@dynacamp/dynamics-client'
import { isHttpError } from '@dynacamp/http'
import type { ApplyContext } from '../apply/apply-context.ts'
import { meetsEveryCall } from '../apply/classify.ts'
import { inState } from '../context.ts'
import type { Hint } from '../state/hint-state.ts'
import { stopIn } from './failure-in.ts'
import { type SyncedRecord, syncRecord } from './sync-record.ts'

/** Hints of one turn: a flood of them must not keep a run from its own work. */
const atOnce = 25

/** Is told what came of hints. */
export type OnSynced = (synced: readonly SyncedRecord[]) => void

/**
 * A hint that cannot be followed, or names what can be no record, is dropped: the next reading finds what there is. Not so what every
 * call would meet.
 */
const follow = async (
  context: ApplyContext,
  settings: PlanSettings,
  hint: Hint,
): Promise<readonly SyncedRecord[]> => {
  try {
    const { synced } = await syncRecord(context, settings, hint)
    return synced
  } catch (error) {
    if (isHttpError(error) ? meetsEveryCall(error) : !(error instanceof InvalidArgumentError)) throw error
    return []
  }
}

/**
 * Syncs the records that somebody has hinted at, before anything else goes on; says how many.
 *
 * @throws ServiceStopError when a service refused what every other call would meet. The other hints wait.
 */
export const takeHints = async (
  context: ApplyContext,
  settings: PlanSettings,
  onSynced: OnSynced = () => undefined,
): Promise<number> => {
  const hints = await inState(context, (state) => state.hints.take(atOnce))
  let taken = 0
  for (const hint of hints) {
    // At the deadline the others wait for the next run.
    if (taken > 0 && context.isOver()) break
    taken += 1
    // Before it is followed: one that ends the run must not end every run after it.
    await inState(context, (state) => state.hints.done([hint.hintId]))
    const synced = await follow(context, settings, hint)
    onSynced(synced)
    const stop = stopIn(synced.flatMap(({ outcomes }) => outcomes))
    if (stop) throw stop
  }
  return taken
}

/** The same with all that wait by now, however many they are; says how many. */
export const takeAllHints = async (
  context: ApplyContext,
  settings: PlanSettings,
  onSynced?: OnSynced,
): Promise<number> => {
  let left = await inState(context, ({ hints }) => hints.count())
  let taken = 0
  while (left > 0) {
    await context.boundary()
    const now = await takeHints(context, settings, onSynced)
    taken += now
    left = now === 0 ? 0 : left - now
  }
  return taken
}
