import type { Plan } from '@dynacamp/core'
import type { ApplyContext } from './apply-context.ts'
import { applyPlan } from './apply-plan.ts'
import type { LearntOutcome } from './imports/learn-imports.ts'
import { settleImports } from './imports/settle-imports.ts'
import { orLater } from './or-later.ts'
import type { ActionOutcome } from './outcome.ts'
import { waitsInVain } from './stale.ts'

/** Outcomes by action, with what was learnt of bulk imports since. */
const settle = async (context: ApplyContext, plan: Plan): Promise<ReadonlyMap<string, ActionOutcome>> => {
  const outcomes = await applyPlan(context, plan)
  const isOpen = ({ status }: ActionOutcome): boolean => status === 'queued' || status === 'unknown'
  const ended = new Map(outcomes.map((outcome) => [outcome.actionId, outcome]))
  const onLearnt = async (learnt: readonly LearntOutcome[]): Promise<void> => {
    for (const { planId, entity: _, dynamicsId: __, ...outcome } of learnt)
      if (planId === plan.id) ended.set(outcome.actionId, outcome)
  }
  if (outcomes.some(isOpen)) await settleImports(context, onLearnt).catch(orLater)
  return ended
}

/**
 * Applies a plan and waits for its bulk imports, so that each action has its true outcome. What waited for an import comes after
 * it: an opportunity after its contact, a contact’s account after the contact.
 */
export const applyAndSettle = async (
  context: ApplyContext,
  plan: Plan,
): Promise<readonly ActionOutcome[]> => {
  const outcomes = await settle(context, plan)
  const isDone = (id: string): boolean => (outcomes.get(id)?.status ?? 'done') === 'done'
  const waited = plan.actions.filter(
    ({ id, dependsOn }) => outcomes.get(id)?.code === waitsInVain.code && dependsOn.every(isDone),
  )
  const later = waited.length === 0 ? [] : await applyAndSettle(context, { ...plan, actions: waited })
  const ended = new Map(later.map((outcome) => [outcome.actionId, outcome]))
  return [...outcomes.values()].map((outcome) => ended.get(outcome.actionId) ?? outcome)
}
