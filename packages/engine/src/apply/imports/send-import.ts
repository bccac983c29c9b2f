import type { ImportHandle, ImportRejection } from '@dynacamp/activecampaign-client'
import type { Action } from '@dynacamp/core'
import { type HttpError, isHttpError, UnknownOutcomeError } from '@dynacamp/http'
import { inState } from '../../context.ts'
import type { ContactImport } from '../../state/import-state.ts'
import { type ApplyRun, isStale, stillAdmitted } from '../apply-run.ts'
import { isUnclear } from '../classify.ts'
import { inHalves } from '../in-halves.ts'
import { conclude, oneByOne, outcomeOfError } from '../one-by-one.ts'
import { type ActionOutcome, outcomeOf } from '../outcome.ts'
import { isHeldBack } from './held-back.ts'
import { type Sending, toSendings } from './imported-action.ts'
import { lookBeforeImport } from './look-before-import.ts'

/**
 * Parts of a refused import that are smaller go one by one: then each contact has an error of its own. Where only import can hold
 * automations back, parts become as small as one contact.
 */
const smallest = 10

const queued = (action: Action): ActionOutcome =>
  outcomeOf(action, 'queued', {
    code: 'import-under-way',
    message: 'ActiveCampaign has taken it for its bulk import; the next plan sees what came of it.',
  })

const rejected = (action: Action, { messages }: ImportRejection): ActionOutcome => ({
  ...outcomeOf(action, 'failed', {
    code: 'import-rejected',
    message: `ActiveCampaign does not import this contact: ${messages.join('; ') || 'it is too large'}`,
  }),
  remedy: 'hold',
})

/** What the first requests of an import have brought is queued, whatever the next one met. */
const partlyQueued = (cause: HttpError): UnknownOutcomeError =>
  new UnknownOutcomeError(
    `A part of the import is queued; the rest met: ${cause.message}`,
    { operation: cause.operation },
    { cause },
  )

/** The call came through. What the service took is under way; what it named as bad has ended. */
const noteTaken = async (
  run: ApplyRun,
  contactImport: ContactImport,
  sendings: readonly Sending[],
  handle: ImportHandle,
): Promise<void> => {
  const refusals = new Map(handle.rejected.map((rejection) => [rejection.index, rejection]))
  const taken = sendings.filter((_, index) => !refusals.has(index))
  await inState(run.context, async ({ imports, journal }) => {
    for (const [index, { action }] of sendings.entries()) {
      const rejection = refusals.get(index)
      if (rejection) await journal.conclude(run.planId, action.id, rejected(action, rejection))
    }
    if (taken.length === 0) await imports.remove(contactImport.id)
    else {
      const batchIds = handle.batches.map(({ batchId }) => batchId)
      await imports.save({ ...contactImport, batchIds, actions: taken.map(({ remembered }) => remembered) })
    }
  })
  for (const [index, { action }] of sendings.entries()) {
    const rejection = refusals.get(index)
    run.judge.succeeded(action.kind)
    run.end(rejection ? rejected(action, rejection) : queued(action))
  }
}

/** What one failed call comes to for each of its actions. It is judged once for each kind: so many actions are no calls in a row. */
const outcomesOfError = (
  run: ApplyRun,
  actions: readonly Action[],
  error: unknown,
): readonly ActionOutcome[] => {
  const one = new Map(actions.map((action) => [action.kind, action]))
  const judged = new Map([...one].map(([kind, action]) => [kind, outcomeOfError(run, action, error)]))
  return actions.flatMap(({ id: actionId, kind }) => {
    const outcome = judged.get(kind)
    return outcome === undefined ? [] : [{ ...outcome, actionId }]
  })
}

const concludeAll = async (
  run: ApplyRun,
  actions: readonly Action[],
  outcomes: readonly ActionOutcome[],
): Promise<void> => {
  for (const [index, action] of actions.entries()) {
    const outcome = outcomes[index]
    if (outcome !== undefined) run.end(await conclude(run, action, outcome))
  }
}

/** The whole request was refused, and nothing of it is queued. The bad one is searched for where it may be a contact. */
const afterRefusal = async (
  run: ApplyRun,
  { id }: ContactImport,
  sendings: readonly Sending[],
  error: unknown,
): Promise<void> => {
  const [first] = sendings
  if (first === undefined) return
  const actions = sendings.map(({ action }) => action)
  const outcomes = outcomesOfError(run, actions, error)
  await inState(run.context, ({ imports }) => imports.remove(id))
  const staysImport = isHeldBack(run.context, first.action)
  if (outcomes[0]?.remedy !== 'hold' || (staysImport && sendings.length === 1))
    return concludeAll(run, actions, outcomes)
  await inHalves(run, sendings, (half) =>
    half.length < smallest && !staysImport
      ? oneByOne(
          run,
          half.map(({ action }) => action),
        )
      : send(run, half),
  )
}

/** Sends contacts whose actions are written down, as far as nothing that concerns them all was met since. */
const send = async (run: ApplyRun, wanted: readonly Sending[]): Promise<void> => {
  const { context, planId } = run
  const { activeCampaign, clock, signal } = context
  const { free: sendings, refused } = stillAdmitted(run, wanted)
  await oneByOne(run, refused)
  const [first] = sendings
  if (first === undefined) return
  const contactImport: ContactImport = {
    id: `${planId}/${first.action.id}`,
    at: new Date(clock.now()).toISOString(),
    batchIds: null,
    failed: null,
    actions: sendings.map(({ remembered }) => remembered),
  }
  await inState(context, ({ imports }) => imports.save(contactImport))
  let isPartQueued = false
  try {
    const contacts = sendings.map(({ contact }) => contact)
    const handle = await activeCampaign.imports.start(contacts, {
      signal,
      excludeAutomations: isHeldBack(context, first.action),
      onProgress: ({ batches }) => {
        isPartQueued = batches.length > 0
      },
    })
    await noteTaken(run, contactImport, sendings, handle)
  } catch (error) {
    if (!isHttpError(error)) throw error
    if (!isUnclear(error) && !isPartQueued) return afterRefusal(run, contactImport, sendings, error)
    // Nobody knows what of it was taken: the import stays open, and is looked up before anything is repeated.
    const actions = sendings.map(({ action }) => action)
    const unclear = isUnclear(error) ? error : partlyQueued(error)
    for (const outcome of outcomesOfError(run, actions, unclear)) run.end(outcome)
  }
}

/** The look before an import failed, so that nothing of it is sent. */
const afterFailedLook = async (
  run: ApplyRun,
  sendings: readonly Sending[],
  error: unknown,
): Promise<void> => {
  const actions = sendings.map(({ action }) => action)
  await concludeAll(run, actions, outcomesOfError(run, actions, error))
}

/**
 * Sends one import. From here on until it is known to have ended, its records stay out of every plan. What is not as it was planned
 * from goes one by one, where each contact is looked at by itself.
 */
export const sendImport = async (run: ApplyRun, actions: readonly Action[]): Promise<void> => {
  const ready = actions.filter((action) => !isStale(run.admit(action)))
  const sendings = await inState(run.context, (state) => toSendings(state, run, ready))
  await run.intend(actions)
  const looked = await lookBeforeImport(run.context, sendings).catch((error: unknown) => ({ error }))
  const cannotLook = 'error' in looked
  const left = new Set((cannotLook ? sendings : looked).map(({ action }) => action.id))
  await oneByOne(
    run,
    actions.filter(({ id }) => !left.has(id)),
  )
  if (cannotLook) await afterFailedLook(run, sendings, looked.error)
  else await send(run, looked)
}
