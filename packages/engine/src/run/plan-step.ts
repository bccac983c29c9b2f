import type { Plan } from '@dynacamp/core'
import { awaitImports } from '../apply/imports/ask-imports.ts'
import { importWaitMs } from '../apply/imports/settle-imports.ts'
import { inState } from '../context.ts'
import { withLease } from '../lease/with-lease.ts'
import { findCustomFields } from '../observe/custom-fields.ts'
import { observe } from '../observe/observe.ts'
import { forgetStages } from '../observe/stages.ts'
import { openContext, type SyncParts } from '../parts.ts'
import { checkResolutions } from '../plan/check-resolutions.ts'
import { planFromState } from '../plan/plan-from-state.ts'
import type { PlanOptions } from '../step-options.ts'
import { notePlan } from './latest-plan.ts'
import { noteFields } from './missing-fields.ts'
import { mustHaveLease } from './must-have-lease.ts'
import { beginReading, endReading } from './reading.ts'

/** Reads both sides and plans all that is dirty, under the lease: readings of two processes would overwrite each other. */
export const planStep = async (
  parts: SyncParts,
  { full = false, resolutions = [], ...step }: PlanOptions,
): Promise<Plan> => {
  checkResolutions(parts.definition, resolutions)
  const plan = await withLease(
    parts,
    { waitMs: Number.POSITIVE_INFINITY, signal: step.signal },
    async (held) => {
      const context = await openContext(parts, held, step)
      const { fromMs } = await inState(context, (state) => beginReading(state, parts.clock.now()))
      const customFields = await findCustomFields(
        parts.activeCampaign,
        context.definition.entities,
        held.signal,
      )
      // A plan is only as true as what it is made from: imports of ours that are under way are waited for.
      await awaitImports(context, importWaitMs)
      await inState(context, async (state) => {
        await noteFields(state, context.definition, { ids: customFields, missing: [] })
        await forgetStages(state)
      })
      await observe(context, customFields, { full })
      const made = await planFromState(context, { ...parts.settings, resolutions })
      await inState(context, async (state) => {
        await endReading(state)
        await notePlan(state, { planId: made.id, fromMs })
      })
      return made
    },
  )
  return mustHaveLease(plan)
}
