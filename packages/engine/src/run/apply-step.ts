import { type Plan, parsePlan, serialisePlan } from '@dynacamp/core'
import { applyAndSettle } from '../apply/apply-and-settle.ts'
import type { ActionOutcome } from '../apply/outcome.ts'
import { openRefusals } from '../apply/refusals.ts'
import { inState } from '../context.ts'
import { GuardTrippedError } from '../errors/guard-tripped-error.ts'
import { OtherDefinitionError } from '../errors/other-definition-error.ts'
import { noteSyncedUpTo } from '../health/synced-up-to.ts'
import { type HeldLease, withLease } from '../lease/with-lease.ts'
import { findCustomFields } from '../observe/custom-fields.ts'
import { observe } from '../observe/observe.ts'
import { forgetStages } from '../observe/stages.ts'
import { openContext, type SyncParts } from '../parts.ts'
import { planSettings } from '../plan/plan-settings.ts'
import { setAsideOfActions } from '../set-aside/leave-out.ts'
import { isOfRecord } from '../set-aside/settle.ts'
import type { StateTransaction } from '../state/state-store.ts'
import type { StepOptions } from '../step-options.ts'
import type { ApplyReport } from '../sync.ts'
import { settleOutcomes, withLate } from './apply-batch.ts'
import { endInitialWhereDone } from './end-initial.ts'
import { failureIn } from './failure-in.ts'
import { readFromMs } from './latest-plan.ts'
import { noteFields } from './missing-fields.ts'
import { mustHaveLease } from './must-have-lease.ts'
import { asRun } from './noted-run.ts'
import { beginReading, endReading } from './reading.ts'
import type { RunCounts } from './run-counts.ts'
import { initialEntities } from './switches.ts'

/** Refuses what must not be applied, before any call. */
const assertApplicable = ({ definition }: SyncParts, plan: Plan): void => {
  parsePlan(serialisePlan(plan))
  if (plan.definitionHash !== definition.hash) throw new OtherDefinitionError(plan.id)
  const tripped = plan.guards.filter((guard) => guard.tripped)
  if (tripped.length > 0) throw new GuardTrippedError(plan.id, tripped)
}

const count = (counts: RunCounts, { actions }: Plan, outcomes: readonly ActionOutcome[]): void => {
  const entityOf = new Map(actions.map(({ id, entity }) => [id, entity]))
  for (const [entity, own] of Map.groupBy(outcomes, ({ actionId }) => entityOf.get(actionId) ?? ''))
    counts.add(entity, own, own.filter(isSetAside).length)
}

const isSetAside = ({ status, remedy }: ActionOutcome): boolean => status === 'failed' && isOfRecord(remedy)

/** Where everything of a plan is done or set aside, all that changed before its reading is seen to. */
const noteSynced = async (
  state: StateTransaction,
  planId: string,
  outcomes: readonly ActionOutcome[],
): Promise<void> => {
  const fromMs = await readFromMs(state, planId)
  const isThrough = outcomes.every((outcome) => outcome.status === 'done' || isSetAside(outcome))
  if (fromMs !== null && isThrough) await noteSyncedUpTo(state, fromMs)
}

const applyNow = (parts: SyncParts, held: HeldLease, plan: Plan, step: StepOptions): Promise<ApplyReport> =>
  asRun(parts, held, 'apply', async ({ runId, counts, fail }) => {
    const opened = await openContext(parts, held, step)
    const { definition } = opened
    const customFields = await findCustomFields(parts.activeCampaign, definition.entities, held.signal)
    const initial = await inState(opened, (state) => initialEntities(state, definition))
    const context = {
      ...opened,
      customFields,
      initial,
      runId,
      refusals: openRefusals(opened.unread, opened.definition),
    }
    // A look at what changed since the plan: one call to D365, a few to ActiveCampaign. It may become a reading of everything, and a run may
    // have to end it: what is hinted at from here on, it need not show.
    await inState(context, async (state) => {
      await beginReading(state, parts.clock.now())
      await noteFields(state, definition, { ids: customFields, missing: [] })
      await forgetStages(state)
    })
    await observe(context, customFields, { full: false })
    await inState(context, endReading)
    const tried = await inState(context, (state) => setAsideOfActions(state, plan.actions))
    const outcomes = await applyAndSettle(await withLate(context, plan, tried), plan)
    await settleOutcomes(context, plan, outcomes, tried)
    count(counts, plan, outcomes)
    const failure = failureIn(context, outcomes)
    if (failure !== undefined) fail(failure)
    await inState(context, (state) => noteSynced(state, plan.id, outcomes))
    await endInitialWhereDone(context, await planSettings(context, parts.settings))
    return { planId: plan.id, runId, outcomes }
  })

/** Applies a reviewed plan under the lease. Where nothing is left after it, the initial sync is over. */
export const applyStep = async (parts: SyncParts, plan: Plan, step: StepOptions): Promise<ApplyReport> => {
  assertApplicable(parts, plan)
  const lease = { waitMs: Number.POSITIVE_INFINITY, signal: step.signal }
  return mustHaveLease(await withLease(parts, lease, (held) => applyNow(parts, held, plan, step)))
}
