import type { Plan } from '@dynacamp/core'
import type { ApplyContext } from '../apply/apply-context.ts'
import { applyPlan } from '../apply/apply-plan.ts'
import type { ActionOutcome } from '../apply/outcome.ts'
import { inState } from '../context.ts'
import { settle } from '../set-aside/settle.ts'
import type { SetAside } from '../state/set-aside-state.ts'

/** What came of a batch's plan. */
export interface Applied {
  readonly outcomes: readonly ActionOutcome[]
  /** How many records were set aside. */
  readonly setAside: number
}

/** Applies a batch's plan and writes down what failed and what did not fail again. */
export const applyBatch = async (
  context: ApplyContext,
  plan: Plan,
  tried: readonly SetAside[],
): Promise<Applied> => {
  const outcomes = plan.actions.length === 0 ? [] : await applyPlan(context, plan)
  if (outcomes.length === 0 && tried.length === 0) return { outcomes, setAside: 0 }
  const nowMs = context.clock.now()
  const setAside = await inState(context, (state) => settle(state, plan, outcomes, { tried, nowMs }))
  return { outcomes, setAside }
}
