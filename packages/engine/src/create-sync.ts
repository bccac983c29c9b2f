import { parsePlan, serialisePlan } from '@dynacamp/core'
import { systemClock } from '@dynacamp/http'
import { compileDefinition, type EntityName } from '@dynacamp/mapping-dsl'
import { applyAndSettle } from './apply/apply-and-settle.ts'
import { awaitImports } from './apply/imports/ask-imports.ts'
import { importWaitMs } from './apply/imports/settle-imports.ts'
import type { SyncContext } from './context.ts'
import { GuardTrippedError } from './errors/guard-tripped-error.ts'
import { OtherDefinitionError } from './errors/other-definition-error.ts'
import { UnsupportedEntityError } from './errors/unsupported-entity-error.ts'
import { withCurrencies } from './observe/currencies.ts'
import { findCustomFields } from './observe/custom-fields.ts'
import { observe } from './observe/observe.ts'
import { planFromState } from './plan/plan-from-state.ts'
import type { StepOptions, Sync, SyncOptions } from './sync.ts'

/** Accounts can be defined and checked, and are refused here until they can be synced. */
const supported: readonly EntityName[] = ['contacts', 'leads', 'opportunities']

/**
 * Puts a definition, two clients and a state together.
 *
 * @throws InvalidDefinitionError when the definition does not fit the schema.
 * @throws UnsupportedEntityError when it switches on accounts.
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
  const definition = compileDefinition(options.definition, schema, options.registry)
  const unsupported = definition.entities
    .map(({ entity }) => entity)
    .filter((entity) => !supported.includes(entity))
  if (unsupported.length > 0) throw new UnsupportedEntityError(unsupported)
  const settings = { firstLink: options.firstLink ?? ('hold' as const) }

  const contextFor = async ({ signal, onProgress = () => undefined }: StepOptions): Promise<SyncContext> => ({
    definition: await withCurrencies(definition, dynamics, signal),
    dynamics,
    activeCampaign,
    store: state,
    tenant,
    clock,
    signal,
    progress: onProgress,
  })

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
        const context = await contextFor(step)
        const customFields = await findCustomFields(activeCampaign, definition.entities, step.signal)
        // A plan is only as true as what it is made from: imports of ours that are under way are waited for.
        await awaitImports(context, importWaitMs)
        await observe(context, customFields, { full })
        return planFromState(context, settings)
      }),

    apply: (plan, step = {}) =>
      inTurn(async () => {
        parsePlan(serialisePlan(plan))
        if (plan.definitionHash !== definition.hash) throw new OtherDefinitionError(plan.id)
        const tripped = plan.guards.filter((guard) => guard.tripped)
        if (tripped.length > 0) throw new GuardTrippedError(plan.id, tripped)
        const context = await contextFor(step)
        const customFields = await findCustomFields(activeCampaign, definition.entities, step.signal)
        // A look at what changed since the plan: one call to D365, a few to ActiveCampaign.
        await observe(context, customFields, { full: false })
        return { planId: plan.id, outcomes: await applyAndSettle({ ...context, customFields }, plan) }
      }),
  }
}
