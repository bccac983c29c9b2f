import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { inState, type SyncContext } from '../../context.ts'
import { isReadingContacts } from '../../observe/contact-place.ts'
import type { ContactImport } from '../../state/import-state.ts'
import { importsThat } from './open-imports.ts'

/** An import that has not ended by then never will; its contacts are looked at as they are. */
const giveUpMs = 24 * 60 * 60_000

/** When so many of those that have to be asked about are not done, others are not asked about. */
const enough = 3

const pollEveryMs = 5_000

type Progress = Pick<ContactImport, 'batchIds' | 'failed'>

/** How the batches of an import ended; undefined while they have not. */
const resultOf = async (
  { activeCampaign, signal }: SyncContext,
  batchIds: readonly string[],
): Promise<Progress | undefined> => {
  const batches = batchIds.map((batchId) => ({ batchId, contacts: 0 }))
  const handle = { version: 1, taken: 0, batches, rejected: [] } as const
  try {
    const { done, batches: results } = await activeCampaign.imports.status(handle, { signal })
    return done ? { batchIds, failed: results.flatMap(({ failedEmails }) => failedEmails) } : undefined
  } catch (error) {
    // The service knows nothing of this batch any more: what became of it shows in the contacts. Its limits have the same status.
    const isUnknown = isActiveCampaignError(error) && error.status === 400 && error.code !== 'rate-limited'
    if (isUnknown) return { batchIds: null, failed: [] }
    throw error
  }
}

/**
 * Asks what became of imports under way, and notes which have ended: a call per batch. Where nobody knows whether an import was
 * taken, it has ended when the account's queue is empty. While a reading of contacts goes on nobody is asked: what ends after it
 * began need not show in it.
 *
 * @returns How many are still under way, as far as was asked.
 */
export const askImports = async (
  context: SyncContext,
  onEnded: (contacts: number) => void = () => undefined,
): Promise<number> => {
  const { activeCampaign, clock, signal } = context
  if (await inState(context, isReadingContacts)) return 0
  let queueIsEmpty: boolean | undefined
  let underWay = 0
  let asked = 0
  for await (const { id, at, batchIds, actions } of importsThat('are-under-way', context)) {
    const isOld = clock.now() - Date.parse(at) > giveUpMs
    let result: Progress | undefined
    if (isOld) result = { batchIds: null, failed: [] }
    else if (batchIds !== null) result = await resultOf(context, batchIds)
    else {
      queueIsEmpty ??= (await activeCampaign.imports.queue({ signal })).outstanding.length === 0
      if (queueIsEmpty) result = { batchIds, failed: [] }
    }
    const progress = result
    if (progress) {
      await inState(context, ({ imports }) => imports.note(id, progress))
      onEnded(actions.length)
    } else {
      underWay += 1
      // One that nobody knows of costs no call, and may wait for the imports of others.
      if (batchIds !== null) asked += 1
    }
    if (asked === enough) break
  }
  return underWay
}

/**
 * Waits until no import is under way, or for `waitMs` milliseconds; tells how many contacts of imports are through meanwhile.
 *
 * @returns How many are still under way, as far as was asked.
 */
export const awaitImports = async (context: SyncContext, waitMs: number): Promise<number> => {
  const { clock, signal } = context
  const untilMs = clock.now() + waitMs
  let done = 0
  const onEnded = (contacts: number): void => {
    done += contacts
  }
  for (;;) {
    const underWay = await askImports(context, onEnded)
    if (underWay === 0 || clock.now() >= untilMs) return underWay
    context.progress({ step: 'import', done, total: null })
    // Others go first while it waits, and it ends where the run is to end.
    await context.boundary()
    await clock.sleep(Math.min(pollEveryMs, untilMs - clock.now()), signal)
  }
}
