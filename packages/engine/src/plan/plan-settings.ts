import type { PlanSettings } from '@dynacamp/core'
import { importSettings } from '../apply/imports/import-settings.ts'
import { readState, type SyncContext } from '../context.ts'
import { initialEntities } from '../run/switches.ts'

/** How the planner is told to plan, with the number of linked records that guards measure against, and the way that contacts will go. */
export const planSettings = async (
  context: SyncContext,
  options: Pick<PlanSettings, 'firstLink' | 'resolutions'>,
): Promise<PlanSettings & { readonly linkedRecords: number }> => {
  const { definition, clock, tenant } = context
  const linkedRecords = await readState(context, async ({ links }) => {
    let count = 0
    for (const { entity } of definition.entities) count += await links.count(entity)
    return count
  })
  const initial = await readState(context, (state) => initialEntities(state, definition))
  return {
    ...options,
    tenant,
    nowMs: clock.now(),
    linkedRecords,
    imports: importSettings({ definition, initial, unread: context.unread }),
  }
}
