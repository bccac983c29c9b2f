import type { Contact, ContactQuery, Page } from '@dynacamp/activecampaign-client'
import { accountsInto } from '../accounts/account-contacts.ts'
import { chunks } from '../chunks.ts'
import { inState, type SyncContext } from '../context.ts'
import type { StateTransaction, StoredRecord } from '../state/state-store.ts'
import { askForLists } from './asked-lists.ts'
import { clearPlace, openPlace, type Place, savePlace } from './contact-place.ts'
import { contactKind, contactRecord } from './contact-record.ts'
import type { CustomFieldIds } from './custom-fields.ts'
import { noteAllSeen } from './find-deleted-contacts.ts'
import { removeUnseen } from './generation.ts'
import { readCustomFields } from './read-custom-fields.ts'
import { readOptOuts, watchesOptOuts } from './read-opt-outs.ts'
import { readTags, tagsOfContact } from './read-tags.ts'
import { endReplaced, forgetReplaced } from './replaced-fields.ts'
import { heldAtMost, noteUnreadable, unreadableContacts, unreadableOfPage } from './unreadable-contacts.ts'
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
  /** Whether the lists of everybody whose lists are known are read. */
  readonly full: boolean
}

type TagsById = ReadonlyMap<string, readonly string[]>

/** Keeps contacts as they were listed; of those that cannot be read, what can be. */
const keepContacts = async (
  state: StateTransaction,
  { definition }: SyncContext,
  { generation, customFields, full }: Reading,
  contacts: readonly Contact[],
  {
    stubs = [],
    tags = new Map(),
  }: { readonly stubs?: readonly StoredRecord[]; readonly tags?: TagsById } = {},
): Promise<void> => {
  const { records } = state
  const ids = contacts.map(({ id }) => id)
  const withAccount = await accountsInto(state, definition, ids)
  const known = new Map((await records.find(contactKind, ids)).map((record) => [record.id, record]))
  const touched: string[] = []
  const seen = contacts.map((contact) => {
    const before = known.get(contact.id)
    // Signing up again need not show in the contact: a full read looks at everybody whose lists are known.
    if (before?.lists && (full || before.version !== (contact.udate ?? ''))) touched.push(contact.id)
    // Else its tags are read below: one that was taken away must not be remembered.
    return contactRecord(
      definition,
      contact,
      withAccount(contact.id, before?.fields ?? {}),
      tags.get(contact.id) ?? [],
    )
  })
  await records.save(seen, { generation, pending: customFields.size > 0 })
  await records.save(stubs, { generation, pending: false })
  await noteUnreadable(state, { read: ids, held: stubs.map(({ id }) => id) })
  if (watchesOptOuts(definition)) await askForLists(state, touched)
}

/**
 * Reads those again who could not be read before: what was odd need not have moved their time of change when it was put right. Says how
 * many can be read by now.
 */
const readHeldAgain = async (
  context: SyncContext,
  reading: Reading,
  justMet: ReadonlySet<string>,
): Promise<number> => {
  const { activeCampaign, signal } = context
  const held = (await inState(context, unreadableContacts)).filter((id) => !justMet.has(id))
  let readable = 0
  for (const ids of chunks(held, heldAtMost)) {
    const contacts: Contact[] = []
    const odd: (string | undefined)[] = []
    for await (const { rows, problems } of activeCampaign.contacts.list({ ids, signal }).byPage()) {
      contacts.push(...rows)
      odd.push(...problems.map(({ id }) => id))
      // A full page does not say that it is the last one.
      if (contacts.length + odd.length >= ids.length) break
    }
    readable += contacts.length
    // Listed by a tag are only those who changed.
    const tags = new Map<string, readonly string[]>()
    for (const { id } of contacts) tags.set(id, await tagsOfContact(context, id))
    await inState(context, async (state) => {
      await keepContacts(state, context, reading, contacts, { tags })
      // Who is gone is nobody to ask for; that they are is found by those who look for it.
      await noteUnreadable(state, { read: ids.filter((id) => !odd.includes(id)) })
    })
  }
  return readable
}

/** The contact behind which the list goes on: the last of a page, whether it could be read or not. */
const lastIdOf = ({ rows, problems }: Page<Contact>): string | undefined =>
  [...rows, ...problems]
    .flatMap(({ id }) => id ?? [])
    .toSorted((one, other) => Number(one) - Number(other))
    .at(-1)

/** Lists the contacts that changed, from a place on. */
const listContacts = async (context: SyncContext, begun: Place, reading: Reading): Promise<Place> => {
  const { activeCampaign, progress } = context
  const { since, startedAt } = begun
  let { newest, done, afterId } = begun
  const held = new Set<string>()
  const from = { ...reading.query, ...(afterId !== null && { afterId }) }
  // Asked without a place, the list says how long it is; behind one, nobody says whether the rest or all is counted.
  let total: number | undefined
  for await (const page of activeCampaign.contacts.list(from).byPage()) {
    const stubs = await unreadableOfPage(context, page.problems)
    for (const { id } of stubs) held.add(id)
    // A contact that claims to have changed in the future must not hide what changes until then.
    for (const { udate } of page.rows)
      if (udate !== null && udate <= startedAt && (newest === null || udate > newest)) newest = udate
    if (afterId === null) total = page.total
    done += page.rows.length
    afterId = lastIdOf(page) ?? afterId
    const here: Place = { ...begun, newest, done, afterId }
    await inState(context, async (state) => {
      await keepContacts(state, context, reading, page.rows, { stubs })
      await savePlace(state, here)
    })
    progress({
      step: 'read-active-campaign',
      done,
      total: total === undefined ? null : Math.max(done, total),
    })
    // A page that brought nothing new is no place to stop at: a run that begins with it would never get further.
    if (page.continuationToken !== undefined) await context.boundary()
  }
  done += await readHeldAgain(context, reading, held)
  const place: Place = { ...begun, newest, done, afterId, listed: true }
  // Before anything else is read of them: what the list did not show is gone, even if its fields can still be read.
  if (since === null) await removeUnseen(context, contactKind, reading.generation)
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
  const reading = { generation, customFields, query, full }
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
