import { type Action, accountsOfNewContacts, type Plan, type SetActiveCampaignAccount } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState } from '../context.ts'
import type { StateTransaction } from '../state/state-store.ts'
import type { ApplyContext } from './apply-context.ts'
import { createJudge, type Judge } from './classify.ts'
import type { ActionOutcome, Stale } from './outcome.ts'
import { recordChanged, runStopped, waitsInVain } from './stale.ts'
import { openTurns, type Turns } from './turns.ts'

/** The applying of one plan: what its paths share. */
export interface ApplyRun {
  readonly context: ApplyContext
  readonly planId: string
  readonly judge: Judge
  /** The compiled entity of an action that may be tried now, or why it may not. */
  admit(action: Action): CompiledEntity | Stale
  /** Writes down what is about to be tried, with whatever else belongs into the same transaction. */
  intend(actions: readonly Action[], work?: (state: StateTransaction) => Promise<void>): Promise<void>
  /** An action has ended. */
  end(outcome: ActionOutcome): void
  readonly outcomes: ReadonlyMap<string, ActionOutcome>
  /** For what looks at a record of ActiveCampaign and writes down how it is then. */
  readonly inTurn: Turns
  /** The actions that give new contacts their accounts, by the ids of those that make the contacts. */
  readonly accounts: ReadonlyMap<string, SetActiveCampaignAccount>
}

/** @param stale - Actions that are not to be tried, by id, and why. */
export const createApplyRun = (
  context: ApplyContext,
  plan: Plan,
  stale: ReadonlyMap<string, Stale>,
): ApplyRun => {
  const { definition, clock, runId = null } = context
  const entities = new Map<string, CompiledEntity>(
    definition.entities.map((entity) => [entity.entity, entity]),
  )
  const outcomes = new Map<string, ActionOutcome>()
  let stopped = false
  return {
    context,
    planId: plan.id,
    judge: createJudge(),
    inTurn: openTurns(),
    outcomes,
    accounts: accountsOfNewContacts(plan.actions),
    admit(action) {
      if (stopped) return runStopped
      const entity = entities.get(action.entity)
      if (entity === undefined) return recordChanged
      const met = action.dependsOn.every((id) => (outcomes.get(id)?.status ?? 'done') === 'done')
      return stale.get(action.id) ?? context.refusals.of(action) ?? (met ? entity : waitsInVain)
    },
    intend(actions, work) {
      const at = new Date(clock.now()).toISOString()
      const entries = actions.map((action) => ({
        runId,
        planId: plan.id,
        actionId: action.id,
        entity: action.entity,
        dynamicsId: action.dynamicsId,
        activeCampaignId: action.activeCampaignId,
        at,
        action,
      }))
      return inState(context, async (state) => {
        await state.journal.intend(entries)
        await work?.(state)
      })
    },
    end(outcome) {
      outcomes.set(outcome.actionId, outcome)
      stopped ||= outcome.remedy === 'stop'
      context.progress({ step: 'apply', done: outcomes.size, total: plan.actions.length })
    },
  }
}

export const isStale = (admitted: CompiledEntity | Stale): admitted is Stale => 'status' in admitted

/** Those that may still go: another call may have met what concerns them all since they were admitted. */
export const stillAdmitted = <Part extends { readonly action: Action }>(
  { admit }: ApplyRun,
  parts: readonly Part[],
): { readonly free: readonly Part[]; readonly refused: readonly Action[] } => {
  const free = parts.filter(({ action }) => !isStale(admit(action)))
  const going = new Set(free)
  return { free, refused: parts.filter((part) => !going.has(part)).map(({ action }) => action) }
}
