import type { PlanSettings } from '@dynacamp/core'
import { InvalidArgumentError } from '@dynacamp/dynamics-client'
import { isHttpError } from '@dynacamp/http'
import type { ApplyContext } from '../apply/apply-context.ts'
import { inState } from '../context.ts'
import type { Hint } from '../state/hint-state.ts'
import { syncRecord } from './sync-record.ts'

/** Hints of one turn: a flood of them must not keep a run from its own work. */
const atOnce = 25

/** A hint that cannot be followed, or names what can be no record, is dropped: the next reading finds what there is. */
const follow = async (context: ApplyContext, settings: PlanSettings, hint: Hint): Promise<void> => {
  try {
    await syncRecord(context, settings, hint)
  } catch (error) {
    if (!isHttpError(error) && !(error instanceof InvalidArgumentError)) throw error
  }
}

/** Syncs the records that somebody has hinted at, before anything else goes on. A record hinted at twice is synced once. */
export const takeHints = async (context: ApplyContext, settings: PlanSettings): Promise<void> => {
  const hints = await inState(context, (state) => state.hints.take(atOnce))
  if (hints.length === 0) return
  for (const [, same] of Map.groupBy(hints, ({ side, entity, id }) => `${side}/${entity}/${id}`)) {
    const [hint] = same
    // Before it is followed: one that ends the run must not end every run after it.
    await inState(context, (state) => state.hints.done(same.map(({ hintId }) => hintId)))
    if (hint) await follow(context, settings, hint)
  }
}
