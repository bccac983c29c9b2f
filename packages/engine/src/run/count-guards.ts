import { type GuardResult, type PlanSettings, tallyGuards } from '@dynacamp/core'
import { readState, type SyncContext } from '../context.ts'
import { dirtyBatches } from '../plan/dirty-batches.ts'
import { planRound } from '../plan/plan-round.ts'
import { leaveOut } from '../set-aside/leave-out.ts'

/**
 * Plans everything once and keeps only what guards measure: they judge a run as a whole, before it writes. Skipped where
 * the definition declares no guard.
 */
export const countGuards = async (
  context: SyncContext,
  settings: PlanSettings & { readonly linkedRecords: number },
): Promise<readonly GuardResult[]> => {
  const { definition, clock } = context
  if (Object.values(definition.guards).every((limit) => limit === undefined)) return []
  const tally = tallyGuards(definition, settings)
  for (const entity of definition.entities) {
    if (context.unread.has(entity.entity)) continue
    for await (const whole of dirtyBatches(context, entity.entity)) {
      // It counts for as long as it takes: a deadline that came first would come first each time.
      context.signal?.throwIfAborted()
      const { batch } = await readState(context, (state) =>
        leaveOut(state, entity.entity, whole, { nowMs: clock.now(), resting: new Set() }),
      )
      tally.add(await planRound(context, entity, batch, settings))
    }
  }
  return tally.results()
}
