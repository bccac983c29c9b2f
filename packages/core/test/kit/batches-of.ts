import fc from 'fast-check'
import type { PlanInput } from '../../src/index.ts'
import { applyPlan } from './apply-plan.ts'
import { companyHistory } from './company-history.ts'
import { type History, history } from './history.ts'
import { leadHistory } from './lead-history.ts'
import { inputOf, planWorld } from './plan-world.ts'
import { editLater, mergeRows } from './what-people-do.ts'
import { tablesOf } from './world.ts'

/** Histories of people, of leads beside contacts, and of companies and those who work there. */
export const everybody = fc.oneof(history, leadHistory, companyHistory)

/** The batches of a history: at first, and once everything was in sync and people merged and edited records. */
export const batchesOf = ({
  world: arrange,
  definition,
  settings,
  merges,
  later,
}: History): readonly PlanInput[] => {
  const world = arrange()
  const batches = () => tablesOf(world).map((table) => inputOf(world, definition, settings, [], table))
  const first = batches()
  for (let round = 0; round < 3; round += 1) applyPlan(world, planWorld(world, definition, settings))
  mergeRows(world, merges)
  editLater(world, later)
  return [...first, ...batches()]
}
