import { compareText } from '../../../src/compare.ts'
import { type Plan, type PlanInput, planBatch } from '../../../src/index.ts'
import { contactsDefinition } from '../definition.ts'
import { inputOf, planTables, planWorld } from '../plan-world.ts'
import { emptyWorld, emptyWorldWithLeads, type World } from '../world.ts'
import type { Scenario } from './scenario.ts'

/** What a plan says, in codes. */
export const outcomesOf = (plan: Plan): readonly string[] =>
  [
    ...plan.actions.map(({ kind }) => kind),
    ...plan.holds.map(({ reason }) => `hold ${reason.code}`),
    ...plan.skips.map(({ reason }) => `skip ${reason.code}`),
  ].sort(compareText)

const worldOf = ({ arrange, companies, leads }: Scenario): World => {
  const accounts = companies === true ? emptyWorld('accounts') : undefined
  const world = leads === true ? emptyWorldWithLeads() : emptyWorld('contacts', accounts)
  arrange(world)
  return world
}

export const planScenario = (scenario: Scenario): Plan => {
  const { definition = contactsDefinition(), settings } = scenario
  return planWorld(worldOf(scenario), definition, settings)
}

/** What the planner is given for a scenario, table by table. */
export const batchesOfScenario = (scenario: Scenario): readonly PlanInput[] => {
  const { definition = contactsDefinition(), settings } = scenario
  const world = worldOf(scenario)
  const batches: PlanInput[] = []
  planTables(world, (table, planned) => {
    const batch = inputOf(world, definition, settings, planned, table)
    batches.push(batch)
    return planBatch(batch)
  })
  return batches.filter(({ records }) => records.length > 0)
}
