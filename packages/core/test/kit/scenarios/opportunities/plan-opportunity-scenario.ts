import { type Plan, type PlanInput, planBatch } from '../../../../src/index.ts'
import { opportunityDefinition } from '../../opportunity-definition.ts'
import { emptyOpportunities, opportunityInput } from '../../opportunity-world.ts'
import type { OpportunityScenario } from './opportunity-scenario.ts'

/** What an engine gives that has looked up everything but this. */
const lacking = (input: PlanInput, unknown: OpportunityScenario['unknown']): PlanInput => {
  const { customObject: _object, ...withoutObject } = input
  const { references: _references, ...withoutPeople } = input
  if (unknown === 'object') return withoutObject
  if (unknown === 'people') return withoutPeople
  if (unknown === undefined) return input
  const records = input.records.map(({ dynamics, activeCampaign, ...record }) => ({
    ...record,
    ...(dynamics?.id === 'o1' ? { dynamics } : activeCampaign && { activeCampaign }),
  }))
  return { ...input, records }
}

export const planOpportunityScenario = ({
  definition = opportunityDefinition(),
  settings,
  unknown,
  arrange,
}: OpportunityScenario): Plan => {
  const world = emptyOpportunities()
  arrange(world)
  return planBatch(lacking(opportunityInput(world, definition, settings), unknown))
}
