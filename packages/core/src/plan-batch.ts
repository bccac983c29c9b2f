import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { indexHolders } from './match/holders.ts'
import { isDeleted } from './model/observation.ts'
import type { Plan } from './model/plan.ts'
import type { PlanInput } from './model/plan-input.ts'
import type { RecordInput } from './model/record.ts'
import { type BatchContext, indexResolutions, tableOf } from './plan/batch-context.ts'
import { finishPlan } from './plan/finish-plan.ts'
import { guardRules } from './plan/guards.ts'
import { openLedger } from './plan/ledger.ts'
import { planOpportunities } from './plan/opportunities/plan-opportunity.ts'
import { planLinked } from './plan/plan-linked.ts'
import { planUnlinkedContact } from './plan/plan-unlinked-contact.ts'
import { planUnlinkedRow } from './plan/plan-unlinked-row.ts'
import { unknownOrder } from './plan/unchanged.ts'
import { noWays } from './plan/ways.ts'

const contextOf = (input: PlanInput, entity: CompiledEntity): BatchContext => {
  const unlinked = input.records.filter(({ link }) => link === undefined)
  return {
    definition: input.definition,
    ...tableOf(entity),
    settings: input.settings,
    references: input.references ?? {},
    holdersOf: indexHolders(entity.entity, entity.match, unlinked, input.candidates),
    resolutions: indexResolutions(entity, input.settings),
    ledger: openLedger(),
    baseOrder: unknownOrder(),
    ways: noWays(),
  }
}

const planUnlinked = (context: BatchContext, record: RecordInput): void => {
  const { dynamics, activeCampaign, predecessors = [] } = record
  // What is gone and was never linked leaves nothing to do.
  if (dynamics !== undefined && !isDeleted(dynamics)) planUnlinkedRow(context, { dynamics, predecessors })
  if (activeCampaign !== undefined && !isDeleted(activeCampaign)) planUnlinkedContact(context, activeCampaign)
}

/**
 * Turns a batch of observations into a plan: pure, total, and the same bytes for the same input in any order.
 * Nothing is asked of a service; what is missing comes back as `needs`, and their records are held until it is known.
 *
 * @throws {RangeError} when the definition does not cover the entity
 *
 * @example
 * const plan = planBatch({ definition, entity: 'contacts', records, candidates, settings: { tenant: 'contoso' } })
 * plan.actions.length
 */
export const planBatch = (input: PlanInput): Plan => {
  const entity = input.definition.entities.find((candidate) => candidate.entity === input.entity)
  if (entity === undefined) throw new RangeError(`The definition does not cover ${input.entity}.`)
  const context = contextOf(input, entity)
  if (entity.object !== undefined) {
    planOpportunities(context, entity.object, input)
  } else
    for (const record of input.records) {
      if (record.link === undefined) planUnlinked(context, record)
      else planLinked(context, record.link, record)
    }
  return finishPlan(
    context.ledger,
    input.definition.hash,
    [input.entity],
    guardRules(input.definition, input.settings),
    input.settings.imports,
  )
}
