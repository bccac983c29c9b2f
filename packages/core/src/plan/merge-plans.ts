import { PlanError } from '../file/plan-error.ts'
import type { Plan } from '../model/plan.ts'
import type { PlanSettings } from '../model/plan-input.ts'
import { finishPlan } from './finish-plan.ts'
import { enterAction, enterNeed, openLedger } from './ledger.ts'

/**
 * One plan out of the plans of several batches, of one or more entities. A pair that was found from both of its ends in
 * two batches is in it once; the order of the plans does not matter.
 *
 * @param settings - Those that the plans were made with.
 * @throws {PlanError} `other-definition` when the plans were not made for the same definition; `empty` without plans
 *
 * @example
 * const plan = mergePlans([planBatch(first), planBatch(second)])
 */
export const mergePlans = (plans: readonly Plan[], { imports }: Pick<PlanSettings, 'imports'> = {}): Plan => {
  const [first] = plans
  if (first === undefined)
    throw new PlanError('empty', 'There is no plan to merge.', 'Plan at least one batch.')
  const ledger = openLedger()
  for (const plan of plans) {
    if (plan.definitionHash !== first.definitionHash) {
      throw new PlanError(
        'other-definition',
        'The plans were made for different definitions.',
        'Plan all batches again with one definition.',
      )
    }
    for (const action of plan.actions) enterAction(ledger, action)
    for (const skip of plan.skips) ledger.skips.set(skip.id, skip)
    for (const hold of plan.holds) ledger.holds.set(hold.id, hold)
    for (const conflict of plan.conflicts) ledger.conflicts.set(conflict.id, conflict)
    for (const need of plan.needs) enterNeed(ledger, need)
    ledger.unchanged += plan.counts.unchanged
  }
  return finishPlan(
    ledger,
    first.definitionHash,
    plans.flatMap(({ entities }) => entities),
    first.guards,
    imports,
  )
}
