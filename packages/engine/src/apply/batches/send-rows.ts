import type { Action } from '@dynacamp/core'
import { type BatchOutcome, isAlreadyExists, isNotFound } from '@dynacamp/dynamics-client'
import { isHttpError } from '@dynacamp/http'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { type ApplyRun, isStale, stillAdmitted } from '../apply-run.ts'
import { isUnclear } from '../classify.ts'
import { inHalves } from '../in-halves.ts'
import { conclude, oneByOne, outcomeOfError } from '../one-by-one.ts'
import type { ActionOutcome, Execution } from '../outcome.ts'
import { bindsRow } from '../row-values.ts'
import { staleRow } from '../stale.ts'
import { type RowRequest, rowRequest } from './row-request.ts'

/** Parts of a refused batch that are smaller go one by one: then each row has an error of its own. */
const smallest = 10

interface Part extends RowRequest {
  readonly action: Action
  readonly entity: CompiledEntity
}

/** What the answer to one row means; undefined where the row has to be looked at before anybody knows. */
const endOf = (
  { action, entity, done }: Part,
  answer: BatchOutcome,
): Execution | ActionOutcome | undefined => {
  if (answer.outcome === 'skipped') return undefined
  if (answer.outcome === 'done') return done(answer.responses[0])
  // An earlier attempt made the row.
  if (action.kind === 'create-dynamics-record' && isAlreadyExists(answer.error)) return undefined
  if (isNotFound(answer.error)) {
    // A row that is only made now cannot be gone: it is the row that it was to refer to.
    if (action.kind === 'create-dynamics-record') throw answer.error
    if (bindsRow(entity, action.changes)) return undefined
  }
  const id = action.dynamicsId ?? ''
  return staleRow(answer.error, { side: 'dynamics', entity: action.entity, id })
}

/** The same, with what a service's error means for its row alone. */
const judged = (run: ApplyRun, part: Part, answer: BatchOutcome): Execution | ActionOutcome | undefined => {
  try {
    return endOf(part, answer)
  } catch (error) {
    return outcomeOfError(run, part.action, error)
  }
}

const noteAnswers = async (
  run: ApplyRun,
  parts: readonly Part[],
  answers: readonly BatchOutcome[],
): Promise<void> => {
  const again: Action[] = []
  for (const [index, part] of parts.entries()) {
    const answer = answers[index]
    const ended = answer && judged(run, part, answer)
    if (ended === undefined) again.push(part.action)
    else run.end(await conclude(run, part.action, ended))
  }
  await oneByOne(run, again)
}

/** Nobody answered for the rows: the whole batch was refused, or its answer was lost. */
const afterError = async (run: ApplyRun, parts: readonly Part[], error: unknown): Promise<void> => {
  const [first] = parts
  if (first === undefined || !isHttpError(error)) throw error
  const outcome = outcomeOfError(run, first.action, error)
  const isWorthSplitting = outcome.remedy === 'hold' && !isUnclear(error)
  if (!isWorthSplitting) {
    // What nobody knows is found out by the next reading, before anything is repeated.
    for (const { action } of parts) {
      const { id: actionId, kind } = action
      run.end(await conclude(run, action, { ...outcome, actionId, kind }))
    }
    return
  }
  await inHalves(run, parts, (half) =>
    half.length >= smallest
      ? send(run, half)
      : oneByOne(
          run,
          half.map(({ action }) => action),
        ),
  )
}

/** Sends rows whose actions are written down, as far as nothing that concerns them all was met since. */
const send = async (run: ApplyRun, wanted: readonly Part[]): Promise<void> => {
  const { free: parts, refused } = stillAdmitted(run, wanted)
  await oneByOne(run, refused)
  if (parts.length === 0) return
  const { dynamics, signal } = run.context
  const requests = parts.map(({ request }) => request)
  const options = { continueOnError: true, ...(signal && { signal }) }
  let answers: readonly BatchOutcome[]
  try {
    answers = await dynamics.batch(requests, options)
  } catch (error) {
    return afterError(run, parts, error)
  }
  await noteAnswers(run, parts, answers)
}

/**
 * Writes rows in one `$batch` without change sets: each has its own condition, its own answer and its own fate. Rows that may not
 * be tried, or that nobody sends in a batch, go by themselves.
 */
export const sendRows = async (run: ApplyRun, actions: readonly Action[]): Promise<void> => {
  await run.intend(actions)
  const parts = actions.flatMap((action): readonly Part[] => {
    const admitted = run.admit(action)
    if (isStale(admitted)) return []
    const prepared = rowRequest(run.context.dynamics, admitted, action)
    return prepared === undefined ? [] : [{ action, entity: admitted, ...prepared }]
  })
  const sent = new Set(parts.map(({ action }) => action.id))
  await oneByOne(
    run,
    actions.filter(({ id }) => !sent.has(id)),
  )
  await send(run, parts)
}
