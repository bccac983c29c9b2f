import { type Action, applySteps, type Plan } from '@dynacamp/core'
import { isHttpError } from '@dynacamp/http'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { chunks } from '../chunks.ts'
import { inState } from '../context.ts'
import type { ApplyContext } from './apply-context.ts'
import { codeOfFailure, createJudge, isUnclear, type Judge } from './classify.ts'
import { execute } from './execute.ts'
import { learn, learnRecord } from './learn.ts'
import type { ActionOutcome, Execution, OutcomeStatus } from './outcome.ts'
import { staleInState } from './stale-in-state.ts'

/** How many actions are under way at once. The limits of the services set the pace, this only keeps both busy. */
const together = 8

const recordChanged: Execution = {
  status: 'stale',
  code: 'record-changed',
  message: 'The record changed after the plan; the next plan merges it.',
}
const waitsInVain: Execution = {
  status: 'stale',
  code: 'dependency',
  message: 'An action that this one depends on was not done.',
}
const runStopped: Execution = {
  status: 'stale',
  code: 'run-stopped',
  message: 'Not tried: an earlier failure concerns every call. The next plan has it again.',
}

const outcomeOf = (
  { id, kind }: Action,
  status: OutcomeStatus,
  reason?: { readonly code: string; readonly message: string },
): ActionOutcome => ({
  actionId: id,
  kind,
  status,
  code: reason?.code ?? null,
  message: reason?.message ?? null,
  remedy: null,
})

/** Errors of a service are outcomes; anything else is a defect or the host's abort, and ends the run. */
const outcomeOfError = (action: Action, error: unknown, judge: Judge): ActionOutcome => {
  if (!isHttpError(error)) throw error
  const reason = { code: codeOfFailure(error), message: error.message }
  const status = isUnclear(error) ? 'unknown' : 'failed'
  return { ...outcomeOf(action, status, reason), remedy: judge.failed(action.kind, error) }
}

const applyAction = async (
  context: ApplyContext,
  planId: string,
  action: Action,
  judge: Judge,
  run: () => Promise<Execution>,
): Promise<ActionOutcome> => {
  const execution = await run().catch((error: unknown) => outcomeOfError(action, error, judge))
  return inState(context, async (state) => {
    if ('actionId' in execution) {
      await state.journal.conclude(planId, action.id, execution)
      return execution
    }
    const done = execution.status === 'done'
    if (done) judge.succeeded(action.kind)
    const outcome = done ? outcomeOf(action, 'done') : outcomeOf(action, 'stale', execution)
    if (done) await learn(state, action, execution)
    else if (execution.seen) await learnRecord(state, execution.seen)
    else if (execution.gone) await state.records.remove(execution.gone, [execution.gone.id])
    const ends = execution.status === 'done' && execution.link !== 'removed' ? execution.link : undefined
    await state.journal.conclude(planId, action.id, outcome, ends)
    return outcome
  })
}

/**
 * Applies a plan, each action by itself: what is stale or refused leaves the others alone. An action is written down before
 * its call and again after it, so that a process which ends in between leaves a trace. A failure that every call would meet
 * stops it: what is left is not tried.
 */
export const applyPlan = async (context: ApplyContext, plan: Plan): Promise<readonly ActionOutcome[]> => {
  const { definition, clock, signal } = context
  const entities = new Map<string, CompiledEntity>(
    definition.entities.map((entity) => [entity.entity, entity]),
  )
  const stale = new Set<string>()
  for (const actions of chunks(plan.actions, 1000)) {
    for (const id of await inState(context, (state) => staleInState(state, actions))) stale.add(id)
  }
  const settled = new Map<string, ActionOutcome>()
  const judge = createJudge()
  let stopped = false

  const executionOf = async (action: Action): Promise<Execution> => {
    if (stopped) return runStopped
    const entity = entities.get(action.entity)
    if (entity === undefined || stale.has(action.id)) return recordChanged
    const met = action.dependsOn.every((id) => (settled.get(id)?.status ?? 'done') === 'done')
    return met ? execute(context, entity, action) : waitsInVain
  }

  for (const { imports, batches, single } of applySteps(plan.actions)) {
    const wave = [...imports, ...batches, single].flat()
    for (const actions of chunks(wave, together)) {
      signal?.throwIfAborted()
      const at = new Date(clock.now()).toISOString()
      const entries = actions.map((action) => ({
        runId: context.runId ?? null,
        planId: plan.id,
        actionId: action.id,
        entity: action.entity,
        dynamicsId: action.dynamicsId,
        activeCampaignId: action.activeCampaignId,
        at,
        action,
      }))
      await inState(context, ({ journal }) => journal.intend(entries))
      const ended = await Promise.allSettled(
        actions.map(async (action) => {
          const outcome = await applyAction(context, plan.id, action, judge, () => executionOf(action))
          settled.set(action.id, outcome)
          stopped ||= outcome.remedy === 'stop'
          context.progress({ step: 'apply', done: settled.size, total: plan.actions.length })
        }),
      )
      // All of them have ended and are written down before a defect or an abort ends the run.
      const failure = ended.find((end) => end.status === 'rejected')
      if (failure) throw failure.reason
    }
  }
  return [...settled.values()]
}
