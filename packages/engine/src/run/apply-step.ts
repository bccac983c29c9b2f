import { type Plan, parsePlan, serialisePlan } from '@dynacamp/core'
import { applyAndSettle } from '../apply/apply-and-settle.ts'
import { inState } from '../context.ts'
import { GuardTrippedError } from '../errors/guard-tripped-error.ts'
import { OtherDefinitionError } from '../errors/other-definition-error.ts'
import { withLease } from '../lease/with-lease.ts'
import { findCustomFields } from '../observe/custom-fields.ts'
import { observe } from '../observe/observe.ts'
import { openContext, type SyncParts } from '../parts.ts'
import { planSettings } from '../plan/plan-settings.ts'
import { setAsideOfActions } from '../set-aside/leave-out.ts'
import type { StepOptions } from '../step-options.ts'
import type { ApplyReport } from '../sync.ts'
import { settleOutcomes } from './apply-batch.ts'
import { endInitialWhereDone } from './end-initial.ts'
import { mustHaveLease } from './must-have-lease.ts'
import { initialEntities } from './switches.ts'

/** Refuses what must not be applied, before any call. */
const assertApplicable = ({ definition }: SyncParts, plan: Plan): void => {
  parsePlan(serialisePlan(plan))
  if (plan.definitionHash !== definition.hash) throw new OtherDefinitionError(plan.id)
  const tripped = plan.guards.filter((guard) => guard.tripped)
  if (tripped.length > 0) throw new GuardTrippedError(plan.id, tripped)
}

/** Applies a reviewed plan under the lease. Where nothing is left after it, the initial sync is over. */
export const applyStep = async (parts: SyncParts, plan: Plan, step: StepOptions): Promise<ApplyReport> => {
  assertApplicable(parts, plan)
  const report = await withLease(
    parts,
    { waitMs: Number.POSITIVE_INFINITY, signal: step.signal },
    async (held) => {
      const opened = await openContext(parts, held, step)
      const customFields = await findCustomFields(
        parts.activeCampaign,
        opened.definition.entities,
        held.signal,
      )
      const initial = await inState(opened, (state) => initialEntities(state, opened.definition))
      const context = { ...opened, customFields, initial }
      // A look at what changed since the plan: one call to D365, a few to ActiveCampaign.
      await observe(context, customFields, { full: false })
      const tried = await inState(context, (state) => setAsideOfActions(state, plan.actions))
      const outcomes = await applyAndSettle(context, plan)
      await settleOutcomes(context, plan, outcomes, tried)
      await endInitialWhereDone(context, await planSettings(context, parts.settings))
      return { planId: plan.id, outcomes }
    },
  )
  return mustHaveLease(report)
}
