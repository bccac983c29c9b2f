import { hoursToMilliseconds } from 'date-fns/hoursToMilliseconds'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { contactKind } from './contact-record.ts'
import { generationOf, nextGeneration, removeUnseen } from './generation.ts'

const everyMs = hoursToMilliseconds(24)

/** When the last look ended (epoch milliseconds), and where one that was interrupted stands. */
interface Look {
  readonly endedAtMs: number | null
  readonly afterId: string | null
}

const name = 'activecampaign/contacts/deleted'

const lastLook = (context: SyncContext): Promise<Look | null> =>
  inState(context, async ({ cursors }) => {
    const text = await cursors.get(name)
    return text === null ? null : fromText<Look>(text)
  })

/** All contacts were listed, as they were at this time (epoch milliseconds): the next look is due a day later. */
export const noteAllSeen = ({ cursors }: StateTransaction, atMs: number): Promise<void> =>
  cursors.set(name, JSON.stringify({ endedAtMs: atMs, afterId: null } satisfies Look))

/** The next look is due at once. */
export const noteLookDue = ({ cursors }: StateTransaction): Promise<void> =>
  cursors.set(name, JSON.stringify({ endedAtMs: null, afterId: null } satisfies Look))

/**
 * Looks once a day for contacts that were deleted in ActiveCampaign, which tells nobody: lists all contacts, a call per hundred, and
 * forgets those that are not among them. Call it when everything else has been read.
 */
export const findDeletedContacts = async (context: SyncContext): Promise<void> => {
  const { activeCampaign, clock, progress, signal } = context
  const before = await lastLook(context)
  const begun = before?.afterId ?? null
  // A time that is still to come was told by a clock that was wrong, and says nothing.
  if (begun === null && before?.endedAtMs != null && Math.abs(clock.now() - before.endedAtMs) < everyMs)
    return
  const generation = await inState(context, (state) =>
    begun === null ? nextGeneration(state, contactKind) : generationOf(state, contactKind),
  )
  const query = { ...(begun !== null && { afterId: begun }), ...(signal && { signal }) }
  let done = 0
  let total: number | undefined
  for await (const page of activeCampaign.contacts.list(query).byPage()) {
    const unreadable = page.problems.flatMap(({ id }) => (id === undefined ? [] : [id]))
    // One without an id may be any contact: none may count as gone.
    const nameless = page.problems.length - unreadable.length
    if (nameless > 0) throw new UnreadableAnswerError('contacts of ActiveCampaign', nameless)
    const ids = [...page.rows.map(({ id }) => id), ...unreadable]
    const last = page.rows.at(-1)?.id
    await inState(context, async ({ records, cursors }) => {
      await records.save(await records.find(contactKind, ids), { generation, pending: false })
      if (last === undefined) return
      await cursors.set(name, JSON.stringify({ endedAtMs: null, afterId: last } satisfies Look))
    })
    if (begun === null) total ??= page.total
    done += ids.length
    progress({
      step: 'read-active-campaign',
      done,
      total: total === undefined ? null : Math.max(done, total),
    })
    await context.boundary()
  }
  await removeUnseen(context, contactKind, generation)
  await inState(context, (state) => noteAllSeen(state, clock.now()))
}
