import { mergePlans, type Need, type Plan, type PlanSettings, planBatch } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { findCandidates } from './candidates.ts'
import { type Batch, dirtyBatches } from './dirty-batches.ts'

/** A record may lead to another one, whose key leads to a third; longer chains wait for the next run. */
const maxRounds = 4

const keysNeeded = (needs: readonly Need[]): readonly string[] =>
  needs.flatMap((need) => (need.kind === 'key-holders' ? [need.key] : []))

/** Plans one batch, looking up what the planner asks for until it asks for nothing new. */
const planRound = async (
  context: SyncContext,
  entity: CompiledEntity,
  { records, keys }: Batch,
  settings: PlanSettings,
): Promise<Plan> => {
  const { definition } = context
  const known = new Set(keys)
  for (let round = 1; ; round += 1) {
    const candidates = await inState(context, (state) =>
      findCandidates(state, definition, entity.entity, [...known]),
    )
    const plan = planBatch({ definition, entity: entity.entity, records, candidates, settings })
    const missing = keysNeeded(plan.needs).filter((key) => !known.has(key))
    if (missing.length === 0 || round === maxRounds) return plan
    for (const key of missing) known.add(key)
  }
}

/** Plans everything that is dirty, batch by batch. Reads the state and nothing else. */
export const planFromState = async (context: SyncContext, settings: PlanSettings): Promise<Plan> => {
  const plans: Plan[] = context.definition.entities.map(({ entity }) =>
    planBatch({ definition: context.definition, entity, records: [], candidates: {}, settings }),
  )
  let done = 0
  for (const entity of context.definition.entities) {
    for await (const batch of dirtyBatches(context, entity.entity)) {
      plans.push(await planRound(context, entity, batch, settings))
      done += batch.records.length
      context.progress({ step: 'plan', done, total: null })
    }
  }
  return mergePlans(plans)
}
