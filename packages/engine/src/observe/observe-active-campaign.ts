import type { ContactQuery } from '@dynacamp/activecampaign-client'
import { accountsInto } from '../accounts/account-contacts.ts'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import { askForLists } from './asked-lists.ts'
import { clearPlace, openPlace, type Place, savePlace } from './contact-place.ts'
import { contactKind, contactRecord } from './contact-record.ts'
import type { CustomFieldIds } from './custom-fields.ts'
import { noteAllSeen } from './find-deleted-contacts.ts'
import { removeUnseen } from './generation.ts'
import { readCustomFields } from './read-custom-fields.ts'
import { readOptOuts, watchesOptOuts } from './read-opt-outs.ts'
import { readTags } from './read-tags.ts'
import { endReplaced, forgetReplaced } from './replaced-fields.ts'
import { saveWatermark } from './watermark.ts'

/**
 * How far to look back behind the last change seen. ActiveCampaign's times have seconds, and two writes of one second
 * can appear after each other; contents are compared, so reading a contact again costs nothing but the call.
 */
const overlapMs = 5 * 60_000

interface Reading {
  readonly generation: number
  readonly customFields: CustomFieldIds
  readonly query: ContactQuery
}

/** Lists the contacts that changed, from a place on. */
const listContacts = async (
  context: SyncContext,
  begun: Place,
  { generation, customFields, query }: Reading,
): Promise<Place> => {
  const { activeCampaign, definition, progress } = context
  const { since, startedAt, full } = begun
  const watches = watchesOptOuts(definition)
  let { newest, done, afterId } = begun
  let unreadable = 0
  const from = { ...query, ...(afterId !== null && { afterId }) }
  // Asked without a place, the list says how long it is; behind one, nobody says whether the rest or all is counted.
  let total: number | undefined
  for await (const page of activeCampaign.contacts.list(from).byPage()) {
    const ids = page.rows.map((contact) => contact.id)
    // A contact that claims to have changed in the future must not hide what changes until then.
    for (const { udate } of page.rows)
      if (udate !== null && udate <= startedAt && (newest === null || udate > newest)) newest = udate
    unreadable += page.problems.length
    if (afterId === null) total = page.total
    done += page.rows.length
    afterId = ids.at(-1) ?? afterId
    const here: Place = { ...begun, newest, done, afterId }
    await inState(context, async (state) => {
      const { records } = state
      const withAccount = await accountsInto(state, definition, ids)
      const known = new Map((await records.find(contactKind, ids)).map((record) => [record.id, record]))
      const touched: string[] = []
      const seen = page.rows.map((contact) => {
        const before = known.get(contact.id)
        // Signing up again need not show in the contact: a full read looks at everybody whose lists are known.
        if (before?.lists && (full || before.version !== (contact.udate ?? ''))) touched.push(contact.id)
        // Its tags are read below: one that was taken away must not be remembered.
        return contactRecord(definition, contact, withAccount(contact.id, before?.fields ?? {}), [])
      })
      await records.save(seen, { generation, pending: customFields.size > 0 })
      if (watches) await askForLists(state, touched)
      // What could not be read is asked for again.
      await (unreadable > 0 ? clearPlace(state) : savePlace(state, here))
    })
    progress({
      step: 'read-active-campaign',
      done,
      total: total === undefined ? null : Math.max(done, total),
    })
    // A page that brought nothing new is no place to stop at: a run that begins with it would never get further.
    if (unreadable === 0 && page.continuationToken !== undefined) await context.boundary()
  }
  if (unreadable > 0) throw new UnreadableAnswerError('contacts of ActiveCampaign', unreadable)
  const place: Place = { ...begun, newest, done, afterId, listed: true }
  // Before anything else is read of them: what the list did not show is gone, even if its fields can still be read.
  if (since === null) await removeUnseen(context, contactKind, generation)
  await inState(context, async (state) => {
    // The reading may go on much later, and does not list them again.
    if (since === null) await noteAllSeen(state, Date.parse(startedAt))
    await savePlace(state, place)
  })
  return place
}

/** Reads once; says which place it went on from where it was interrupted before. */
const readOnce = async (
  context: SyncContext,
  customFields: CustomFieldIds,
  options: { readonly full: boolean; readonly catchesUp: boolean },
): Promise<Place | undefined> => {
  const { clock, signal } = context
  const { place, generation, resumed } = await inState(context, (state) =>
    openPlace(state, clock.now(), options),
  )
  const { since, full } = place
  const query = { ...(since !== null && { updatedAfter: since, overlapMs }), ...(signal && { signal }) }
  const reading = { generation, customFields, query }
  const { done, newest } = place.listed ? place : await listContacts(context, place, reading)
  await readTags(context, { ...query, generation })
  if (since === null) await forgetReplaced(context)
  await readCustomFields(context, customFields, { changed: done, generation })
  await readOptOuts(context, { full, generation })
  await inState(context, async (state) => {
    if (newest !== null) await saveWatermark(state, { changed: newest, notedAtMs: clock.now() })
    if (since === null) await endReplaced(state)
    await clearPlace(state)
  })
  return resumed ? place : undefined
}

/**
 * Reads what changed in ActiveCampaign since the last time, all of it the first time or when it is to begin anew. A reading that
 * was interrupted goes on where it stands, and then reads what has changed since it began: else what people did meanwhile to those
 * that were listed would be overwritten unseen. It does so once, or short deadlines would let it never end. Only a
 * full read finds out which contacts are gone: the service tells nobody.
 *
 * @param full - Read the lists of everybody who is off one, or whose lists were read before.
 */
export const observeActiveCampaign = async (
  context: SyncContext,
  customFields: CustomFieldIds,
  { full }: { readonly full: boolean },
): Promise<void> => {
  const resumed = await readOnce(context, customFields, { full, catchesUp: false })
  if (resumed === undefined || resumed.catchesUp === true) return
  await readOnce(context, customFields, { full: false, catchesUp: true })
}
