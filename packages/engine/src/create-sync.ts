import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { type Plan, parsePlan, serialisePlan } from '@dynacamp/core'
import type { DynamicsClient } from '@dynacamp/dynamics-client'
import { type Clock, systemClock } from '@dynacamp/http'
import { compileDefinition, type EntityName, type Schema, type SyncDefinition } from '@dynacamp/mapping-dsl'
import { applyPlan } from './apply/apply-plan.ts'
import type { ActionOutcome } from './apply/outcome.ts'
import { inState, type SyncContext } from './context.ts'
import { GuardTrippedError } from './errors/guard-tripped-error.ts'
import { OtherDefinitionError } from './errors/other-definition-error.ts'
import { UnsupportedEntityError } from './errors/unsupported-entity-error.ts'
import { type CustomFieldIds, findCustomFields } from './observe/custom-fields.ts'
import { observeActiveCampaign } from './observe/observe-active-campaign.ts'
import { observeDynamics } from './observe/observe-dynamics.ts'
import { isObservedFor, rememberDefinition } from './observe/remember-definition.ts'
import { planFromState } from './plan/plan-from-state.ts'
import type { ReportProgress } from './progress.ts'
import type { StateStore } from './state/state-store.ts'

/** Settings of {@link createSync}. */
export interface SyncOptions {
  /** What shall be in sync, from `defineSync` or read back from JSON. */
  readonly definition: SyncDefinition
  /** The schema that the definition was written against. */
  readonly schema: Schema
  readonly dynamics: DynamicsClient
  readonly activeCampaign: ActiveCampaignClient
  /** `sqliteState(path)`, `memoryState()`, or a store of your own. */
  readonly state: StateStore
  /** Names the customer where one store serves several; part of the GUIDs of rows that the sync creates. Default: `default`. */
  readonly tenant?: string
  /**
   * Values that differ where two records meet for the first time: `hold` (default) shows each as a conflict and overwrites
   * nothing; `policy` lets the definition's conflict policies decide.
   */
  readonly firstLink?: 'hold' | 'policy'
  /** Default: the host's clock. */
  readonly clock?: Clock
}

/** Settings of one step of a run. */
export interface StepOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
}

/** What came of applying a plan. */
export interface ApplyReport {
  readonly planId: string
  /** One entry per action of the plan, in the order in which they ended. */
  readonly outcomes: readonly ActionOutcome[]
}

/** A sync between one D365 environment and one ActiveCampaign account. */
export interface Sync {
  /**
   * Reads what changed on both sides and works out what to do about it. Writes to neither service.
   *
   * @param options.full - Read everything again, and so find contacts that were deleted in ActiveCampaign.
   *
   * @throws MissingFieldError when the definition maps a custom field that the account lacks.
   * @throws HttpError of `@dynacamp/http` when a service cannot be read; what was read is kept.
   */
  plan(options?: StepOptions & { readonly full?: boolean }): Promise<Plan>
  /**
   * Applies exactly this plan. An action whose record changed since is not applied and says so; the others are.
   *
   * @throws PlanError of `@dynacamp/core` when the plan was changed after it was made. Nothing was written.
   * @throws OtherDefinitionError when the plan was made for another definition. Nothing was written.
   * @throws GuardTrippedError when the plan would do more than the definition's guards allow. Nothing was written.
   */
  apply(plan: Plan, options?: StepOptions): Promise<ApplyReport>
}

/** Accounts and opportunities can be defined and checked, and are refused here until they can be synced. */
const supported: readonly EntityName[] = ['contacts', 'leads']

/**
 * Puts a definition, two clients and a state together.
 *
 * @throws InvalidDefinitionError when the definition does not fit the schema.
 * @throws UnsupportedEntityError when it switches on accounts or opportunities.
 *
 * @example
 * import { renderPlan } from '@dynacamp/core'
 * import { createSync, type SyncOptions } from '@dynacamp/engine'
 *
 * export const syncOnce = async (options: SyncOptions) => {
 *   const sync = createSync(options)
 *   const plan = await sync.plan()
 *   console.log(renderPlan(plan, 'text'))
 *   return sync.apply(plan)
 * }
 */
export const createSync = (options: SyncOptions): Sync => {
  const { dynamics, activeCampaign, schema, state, tenant = 'default', clock = systemClock } = options
  const definition = compileDefinition(options.definition, schema)
  const unsupported = definition.entities
    .map(({ entity }) => entity)
    .filter((entity) => !supported.includes(entity))
  if (unsupported.length > 0) throw new UnsupportedEntityError(unsupported)
  const settings = { firstLink: options.firstLink ?? ('hold' as const) }

  const contextFor = ({ signal, onProgress = () => undefined }: StepOptions): SyncContext => ({
    definition,
    dynamics,
    activeCampaign,
    store: state,
    tenant,
    clock,
    signal,
    progress: onProgress,
  })

  /** Reads what changed; everything, when the state was read for another definition and may lack fields of this one. */
  const observe = async (
    context: SyncContext,
    customFields: CustomFieldIds,
    options: { readonly full: boolean },
  ): Promise<void> => {
    const known = await inState(context, (transaction) => isObservedFor(transaction, definition))
    const full = options.full || !known
    for (const entity of definition.entities) await observeDynamics(context, entity, { full })
    await observeActiveCampaign(context, customFields, { full })
    if (!known) await inState(context, (transaction) => rememberDefinition(transaction, definition))
  }

  /** Plans and applies of one sync take turns: what one of them reads, the other must not have half written. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }

  return {
    plan: ({ full = false, ...step } = {}) =>
      inTurn(async () => {
        const context = contextFor(step)
        const customFields = await findCustomFields(activeCampaign, definition.entities, step.signal)
        await observe(context, customFields, { full })
        return planFromState(context, settings)
      }),

    apply: (plan, step = {}) =>
      inTurn(async () => {
        parsePlan(serialisePlan(plan))
        if (plan.definitionHash !== definition.hash) throw new OtherDefinitionError(plan.id)
        const tripped = plan.guards.filter((guard) => guard.tripped)
        if (tripped.length > 0) throw new GuardTrippedError(plan.id, tripped)
        const context = contextFor(step)
        const customFields = await findCustomFields(activeCampaign, definition.entities, step.signal)
        // A look at what changed since the plan: one call to D365, a few to ActiveCampaign.
        await observe(context, customFields, { full: false })
        return { planId: plan.id, outcomes: await applyPlan({ ...context, customFields }, plan) }
      }),
  }
}
