import type { Action } from '@dynacamp/core'
import { allEnded, isHttpError } from '@dynacamp/http'
import { inState } from '../context.ts'
import { type ApplyRun, isStale } from './apply-run.ts'
import { codeOfFailure, isUnclear } from './classify.ts'
import { execute } from './execute.ts'
import { learn, learnRecord } from './learn.ts'
import { type ActionOutcome, type Execution, outcomeOf } from './outcome.ts'
import { ValueKeptError } from './take-away-kept.ts'
import { TakesAlongError } from './takes-along.ts'

/** Errors of a service are outcomes; anything else is a defect or the host's abort, and ends the run. */
export const outcomeOfError = (
  { context, judge }: ApplyRun,
  action: Action,
  error: unknown,
): ActionOutcome => {
  if (error instanceof TakesAlongError || error instanceof ValueKeptError)
    return { ...outcomeOf(action, 'failed', error), remedy: 'hold' }
  if (!isHttpError(error)) throw error
  const reason = { code: codeOfFailure(error), message: error.message }
  const status = isUnclear(error) ? 'unknown' : 'failed'
  const remedy = judge.failed(action.kind, error)
  if (remedy === 'block') context.refusals.note({ entity: action.entity, kind: action.kind, ...reason })
  return { ...outcomeOf(action, status, reason), remedy }
}

/** Writes down, in one transaction, what came of an action and what it taught. */
export const conclude = async (
  { context, planId, judge }: ApplyRun,
  action: Action,
  ended: Execution | ActionOutcome,
): Promise<ActionOutcome> =>
  inState(context, async (state) => {
    if ('actionId' in ended) {
      await state.journal.conclude(planId, action.id, ended)
      return ended
    }
    if (ended.status === 'stale') {
      const outcome = outcomeOf(action, 'stale', ended)
      if (ended.seen) await learnRecord(state, ended.seen)
      else if (ended.gone) await state.records.remove(ended.gone, [ended.gone.id])
      await state.journal.conclude(planId, action.id, outcome)
      return outcome
    }
    judge.succeeded(action.kind)
    const outcome = outcomeOf(action, 'done')
    await learn(state, action, ended)
    const ends = ended.link === 'removed' ? undefined : ended.link
    await state.journal.conclude(planId, action.id, outcome, ends)
    return outcome
  })

const tryOne = async (run: ApplyRun, action: Action): Promise<void> => {
  const admitted = run.admit(action)
  const execution = isStale(admitted)
    ? admitted
    : await execute(run.context, admitted, action).catch((error: unknown) =>
        outcomeOfError(run, action, error),
      )
  run.end(await conclude(run, action, execution))
}

/** Tries actions that have been written down, each by itself and all at the same time, but for those on one record. */
export const oneByOne = async (run: ApplyRun, actions: readonly Action[]): Promise<void> => {
  // All of them have ended and are written down before a defect or an abort ends the run.
  await allEnded(actions.map((action) => run.inTurn(action, () => tryOne(run, action))))
}
