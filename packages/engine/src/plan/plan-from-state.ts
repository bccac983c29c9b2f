import {
  mergePlans,
  type Need,
  type Plan,
  type PlanSettings,
  planBatch,
  type References,
  type ReferenceTarget,
} from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { findCandidates } from './candidates.ts'
import { type Batch, dirtyBatches } from './dirty-batches.ts'
import { type ListsByContact, readLists, withLists } from './look-up.ts'
import { rememberQuietPairs } from './quiet-pairs.ts'
import { lookUpReferences, plannedTargets, unknownReferences } from './references.ts'

/** A record may lead to another one, whose key leads to a third; longer chains wait for the next run. */
const maxRounds = 4

const keysNeeded = (needs: readonly Need[]): readonly string[] =>
  needs.flatMap((need) => (need.kind === 'key-holders' ? [need.key] : []))

/** Plans one batch, looking up what the planner asks for until it asks for nothing new. */
const planRound = async (
  context: SyncContext,
  entity: CompiledEntity,
  batch: Batch,
  settings: PlanSettings,
  planned: References,
): Promise<Plan> => {
  const { definition } = context
  const known = new Set(batch.keys)
  let lists: ListsByContact = new Map()
  let references: References = {}
  for (let round = 1; ; round += 1) {
    const candidates = await inState(context, (state) =>
      findCandidates(state, definition, entity.entity, [...known]),
    )
    const records = batch.records.map((record) => withLists(record, lists))
    const plan = planBatch({ definition, entity: entity.entity, records, candidates, references, settings })
    const missing = keysNeeded(plan.needs).filter((key) => !known.has(key))
    const asked = await readLists(context, plan.needs, lists)
    const unknown = unknownReferences(plan.needs, references)
    const answered = missing.length === 0 && asked === lists && unknown.length === 0
    if (answered || round === maxRounds) return plan
    for (const key of missing) known.add(key)
    lists = asked
    references = {
      ...references,
      ...(await inState(context, (state) => lookUpReferences(state, definition, unknown, planned))),
    }
  }
}

/** Plans everything that is dirty, batch by batch, from the state. Of the services only lists of contacts are asked for. */
export const planFromState = async (
  context: SyncContext,
  options: Pick<PlanSettings, 'firstLink'>,
): Promise<Plan> => {
  const { definition, clock, tenant, progress } = context
  const linkedRecords = await inState(context, async ({ links }) => {
    let count = 0
    for (const { entity } of definition.entities) count += await links.count(entity)
    return count
  })
  const settings = { ...options, tenant, nowMs: clock.now(), linkedRecords }
  const plans: Plan[] = definition.entities.map(({ entity }) =>
    planBatch({ definition, entity, records: [], candidates: {}, settings }),
  )
  let done = 0
  /** What earlier entities make or link: later ones refer to it, accounts before contacts before opportunities. */
  const planned: Record<string, ReferenceTarget> = {}
  for (const entity of definition.entities) {
    for await (const batch of dirtyBatches(context, entity.entity)) {
      const plan = await planRound(context, entity, batch, settings, planned)
      Object.assign(planned, plannedTargets(plan.actions))
      await inState(context, (state) => rememberQuietPairs(state, entity, batch.records, plan))
      plans.push(plan)
      done += batch.records.length
      progress({ step: 'plan', done, total: null })
    }
  }
  return mergePlans(plans)
}
