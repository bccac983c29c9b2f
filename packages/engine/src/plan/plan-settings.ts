import type { PlanSettings } from '@dynacamp/core'
import { inState, type SyncContext } from '../context.ts'

/** How the planner is told to plan, with the number of linked records that guards measure against. */
export const planSettings = async (
  context: SyncContext,
  options: Pick<PlanSettings, 'firstLink' | 'resolutions'>,
): Promise<PlanSettings & { readonly linkedRecords: number }> => {
  const { definition, clock, tenant } = context
  const linkedRecords = await inState(context, async ({ links }) => {
    let count = 0
    for (const { entity } of definition.entities) count += await links.count(entity)
    return count
  })
  return { ...options, tenant, nowMs: clock.now(), linkedRecords }
}
