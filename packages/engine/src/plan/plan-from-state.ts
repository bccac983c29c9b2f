import { mergePlans, type Plan, type PlanSettings, type ReferenceTarget } from '@dynacamp/core'
import { heldBackLate } from '../apply/imports/held-back.ts'
import { inState, readState, type SyncContext } from '../context.ts'
import { openTally } from '../health/tally.ts'
import { savePlannedTallies } from '../health/tally-state.ts'
import { initialEnds } from '../run/switches.ts'
import { lateActions, setAsideOfActions } from '../set-aside/leave-out.ts'
import { dirtyBatches, noRecords } from './dirty-batches.ts'
import { planRound } from './plan-round.ts'
import { planSettings } from './plan-settings.ts'
import { rememberQuietPairs } from './quiet-pairs.ts'
import { plannedTargets } from './references.ts'
import { touchOpportunities } from './touch-opportunities.ts'

/** The same settings, which know what has failed in the initial sync and will go as part of it: it costs what that way costs. */
const withLate = async (
  context: SyncContext,
  plans: readonly Plan[],
  settings: PlanSettings,
): Promise<PlanSettings> => {
  const actions = plans.flatMap((plan) => plan.actions)
  const late = await readState(context, async (state) =>
    lateActions(actions, await setAsideOfActions(state, actions), await initialEnds(state)),
  )
  return {
    ...settings,
    imports: { ...settings.imports, heldBackActions: heldBackLate({ ...context, late }) },
  }
}

/**
 * Plans everything that is dirty, set aside or not, batch by batch, from the state. Of the services only lists of contacts are
 * asked for.
 */
export const planFromState = async (
  context: SyncContext,
  options: Pick<PlanSettings, 'firstLink' | 'resolutions'>,
): Promise<Plan> => {
  const { definition, progress } = context
  const settings = await planSettings(context, options)
  const plans: Plan[] = []
  // An entity of which nothing is dirty has a plan too: it may lack its custom object.
  for (const entity of definition.entities) {
    plans.push(await planRound(context, entity, noRecords, settings))
  }
  const tally = openTally()
  let done = 0
  /** What earlier entities make or link: later ones refer to it, accounts before contacts before opportunities. */
  const planned: Record<string, ReferenceTarget> = {}
  for (const entity of definition.entities) {
    for await (const batch of dirtyBatches(context, entity.entity)) {
      const plan = await planRound(context, entity, batch, settings, planned)
      Object.assign(planned, plannedTargets(plan.actions))
      await inState(context, async (state) => {
        await rememberQuietPairs(state, entity, batch.records, plan)
        await touchOpportunities(state, context.definition, entity.entity, batch.records)
      })
      tally.add(entity.entity, batch, plan, [])
      plans.push(plan)
      done += batch.records.length
      progress({ step: 'plan', done, total: null })
    }
  }
  await inState(context, (state) => savePlannedTallies(state, tally.read()))
  return mergePlans(plans, await withLate(context, plans, settings))
}
