import type { Plan } from '@dynacamp/core'
import { isHttpError } from '@dynacamp/http'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import type { ApplyContext } from './apply-context.ts'
import { applyPlan } from './apply-plan.ts'
import type { LearntOutcome } from './imports/learn-imports.ts'
import { settleImports } from './imports/settle-imports.ts'
import type { ActionOutcome } from './outcome.ts'

/** What the plan wrote is written and must be reported, even when nobody can be asked any more; the next plan asks again. */
const orLater = (error: unknown): readonly LearntOutcome[] => {
  if (isHttpError(error) || error instanceof UnreadableAnswerError) return []
  throw error
}

/** Applies a plan and waits for its bulk imports, so that each action has its true outcome. */
export const applyAndSettle = async (
  context: ApplyContext,
  plan: Plan,
): Promise<readonly ActionOutcome[]> => {
  const outcomes = await applyPlan(context, plan)
  const isOpen = ({ status }: ActionOutcome): boolean => status === 'queued' || status === 'unknown'
  if (!outcomes.some(isOpen)) return outcomes
  const settled = new Map(
    (await settleImports(context).catch(orLater)).flatMap(({ planId, ...outcome }) =>
      planId === plan.id ? [[outcome.actionId, outcome]] : [],
    ),
  )
  return outcomes.map((outcome) => settled.get(outcome.actionId) ?? outcome)
}
