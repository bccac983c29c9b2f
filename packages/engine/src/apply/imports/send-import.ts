import type { ImportHandle, ImportRejection } from '@dynacamp/activecampaign-client'
import type { Action } from '@dynacamp/core'
import { isHttpError } from '@dynacamp/http'
import { inState } from '../../context.ts'
import type { ContactImport } from '../../state/import-state.ts'
import { type ApplyRun, isStale } from '../apply-run.ts'
import { isUnclear } from '../classify.ts'
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

/** What the service took is under way; what it named as bad has ended. */
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
    run.end(rejection ? rejected(action, rejection) : queued(action))
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
  const { remedy } = outcomeOfError(run, first.action, error)
  const actions = sendings.map(({ action }) => action)
  await inState(run.context, ({ imports }) => imports.remove(id))
  const staysImport = isHeldBack(run.context, first.action)
  if (remedy !== 'hold' || (staysImport && sendings.length === 1)) {
    for (const action of actions) {
      run.end(await conclude(run, action, { ...outcomeOfError(run, action, error), remedy }))
    }
    return
  }
  const middle = Math.ceil(sendings.length / 2)
  for (const half of [sendings.slice(0, middle), sendings.slice(middle)]) {
    if (half.length < smallest && !staysImport) {
      await oneByOne(
        run,
        half.map(({ action }) => action),
      )
    } else await send(run, half)
  }
}

/** Sends contacts whose actions are written down. */
const send = async (run: ApplyRun, sendings: readonly Sending[]): Promise<void> => {
  const { context, planId } = run
  const { activeCampaign, clock, signal } = context
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
  try {
    const contacts = sendings.map(({ contact }) => contact)
    const handle = await activeCampaign.imports.start(contacts, {
      signal,
      excludeAutomations: isHeldBack(context, first.action),
    })
    await noteTaken(run, contactImport, sendings, handle)
  } catch (error) {
    if (!isHttpError(error)) throw error
    if (!isUnclear(error)) return afterRefusal(run, contactImport, sendings, error)
    // Nobody knows whether it was taken: the import stays open, and is looked up before anything is repeated.
    for (const { action } of sendings) run.end(outcomeOfError(run, action, error))
  }
}

/** The look before an import failed, so that nothing of it is sent. */
const afterFailedLook = async (
  run: ApplyRun,
  sendings: readonly Sending[],
  error: unknown,
): Promise<void> => {
  const [first] = sendings
  if (first === undefined) return
  // Judged once: it was one call.
  const outcome = outcomeOfError(run, first.action, error)
  for (const { action } of sendings) {
    const { id: actionId, kind } = action
    run.end(await conclude(run, action, { ...outcome, actionId, kind }))
  }
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
