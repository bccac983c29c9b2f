import type { Plan } from '@dynacamp/core'
import type { ApplyContext } from '../apply/apply-context.ts'
import { applyPlan } from '../apply/apply-plan.ts'
import type { OnLearnt } from '../apply/imports/learn-imports.ts'
import { settleImports } from '../apply/imports/settle-imports.ts'
import type { ActionOutcome } from '../apply/outcome.ts'
import { inState } from '../context.ts'
import { lateActions } from '../set-aside/leave-out.ts'
import { nameOfAction, namesOfAction } from '../set-aside/name-of.ts'
import { type NamedOutcome, settle } from '../set-aside/settle.ts'
import type { RecordName } from '../state/kinds.ts'
import type { SetAside } from '../state/set-aside-state.ts'
import type { RunCounts } from './run-counts.ts'
import { initialEnds } from './switches.ts'

/** What came of a batch's plan. */
export interface Applied {
  readonly outcomes: readonly ActionOutcome[]
  /** How many records were set aside. */
  readonly setAside: number
}

const named = ({ actions }: Plan, outcomes: readonly ActionOutcome[]): readonly NamedOutcome[] => {
  const byId = new Map(actions.map((action) => [action.id, action]))
  return outcomes.flatMap((outcome) => {
    const action = byId.get(outcome.actionId)
    const name = action === undefined ? null : nameOfAction(action)
    return name === null ? [] : [{ ...outcome, name }]
  })
}

/** Records of which an action was left by the deadline. */
const untriedOf = ({ actions }: Plan, outcomes: readonly ActionOutcome[]): readonly RecordName[] => {
  const ended = new Set(outcomes.map(({ actionId }) => actionId))
  return actions.filter(({ id }) => !ended.has(id)).flatMap(namesOfAction)
}

/** Writes down what failed and what did not fail again; says how many records were set aside. */
export const settleOutcomes = (
  context: ApplyContext,
  plan: Plan,
  outcomes: readonly ActionOutcome[],
  tried: readonly SetAside[],
): Promise<number> => {
  const nowMs = context.clock.now()
  const untried = untriedOf(plan, outcomes)
  return inState(context, (state) => settle(state, named(plan, outcomes), { tried, untried, nowMs }))
}

/** The same context, which knows what of a plan has failed in the initial sync: that is still part of it. */
export const withLate = async (
  context: ApplyContext,
  { actions }: Plan,
  tried: readonly SetAside[],
): Promise<ApplyContext> =>
  tried.length === 0
    ? context
    : { ...context, late: lateActions(actions, tried, await inState(context, initialEnds)) }

/** Applies a batch's plan. What went to a bulk import is `queued`: {@link learnOfImports} learns of it. */
export const applyBatch = async (
  context: ApplyContext,
  plan: Plan,
  tried: readonly SetAside[],
): Promise<Applied> => {
  const outcomes =
    plan.actions.length === 0 ? [] : await applyPlan(await withLate(context, plan, tried), plan)
  if (outcomes.length === 0 && tried.length === 0) return { outcomes, setAside: 0 }
  return { outcomes, setAside: await settleOutcomes(context, plan, outcomes, tried) }
}

/** Notes what became of bulk imports. */
export const noteLearnt =
  (context: ApplyContext, counts: RunCounts): OnLearnt =>
  async (learnt) => {
    const outcomes = learnt.map((outcome) => ({
      ...outcome,
      name: { side: 'dynamics' as const, entity: outcome.entity, id: outcome.dynamicsId },
    }))
    const nowMs = context.clock.now()
    const setAside = await inState(context, (state) => settle(state, outcomes, { tried: [], nowMs }))
    counts.learn(learnt, setAside)
  }

/** Waits for the bulk imports under way and learns what became of them; says how many still are. No call when there is none. */
export const learnOfImports = (context: ApplyContext, counts: RunCounts, waitMs: number): Promise<number> =>
  settleImports(context, noteLearnt(context, counts), waitMs)
