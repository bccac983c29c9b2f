import type { PlanSettings } from '@dynacamp/core'
import { importSettings } from '../apply/imports/import-settings.ts'
import { readState, type SyncContext } from '../context.ts'
import { initialEntities } from '../run/switches.ts'

/** How the planner is told to plan, with the number of linked records that guards measure against (0 without guards), and the way that contacts will go. */
export const planSettings = async (
  context: SyncContext,
  options: Pick<PlanSettings, 'firstLink' | 'resolutions'>,
): Promise<PlanSettings & { readonly linkedRecords: number }> => {
  const { definition, clock, tenant, startedAtMs, unread } = context
  const isGuarded = Object.values(definition.guards).some((limit) => limit !== undefined)
  const linkedRecords = await readState(context, async ({ links }) => {
    let count = 0
    // Counting takes longer the more there are, and nothing but a guard asks for it.
    for (const { entity } of isGuarded ? definition.entities : []) count += await links.count(entity)
    return count
  })
  const imports = await readState(context, async (state) => {
    const initial = await initialEntities(state, definition)
    return importSettings(state, { definition, initial, startedAtMs, unread })
  })
  return {
    ...options,
    tenant,
    nowMs: clock.now(),
    linkedRecords,
    imports,
  }
}
