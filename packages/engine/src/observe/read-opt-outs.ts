import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction, StoredRecord } from '../state/state-store.ts'
import { askForLists } from './asked-lists.ts'
import { contactKind } from './contact-record.ts'
import { listNames } from './memberships.ts'
import { readMemberships } from './read-memberships.ts'

/** Who is off a list, or may be: what of a contact's lists D365 is told about. */
const offList = ['unsubscribed', 'bounced'] as const

type OffList = (typeof offList)[number]

/** How many were off a list the last time. */
const countName = (list: string, status: OffList): string => `activecampaign/lists/${list}/${status}`

const placeName = 'activecampaign/lists/place'

/** Where a reading of who is off a list stands, or of all lists when `full`: which were read, and how far the next one was. */
interface Place {
  readonly read: readonly string[]
  readonly count: string | null
  readonly continuationToken: string | null
  /** Whose pages these are: the next list is another one by now where this one was deleted. */
  readonly of?: string
}

const front: Place = { read: [], count: null, continuationToken: null }

const placeOf = async ({ cursors }: StateTransaction): Promise<Place> => {
  const text = await cursors.get(placeName)
  return text === null || text === '' ? front : fromText<Place>(text)
}

const savePlace = ({ cursors }: StateTransaction, place: Place): Promise<void> =>
  cursors.set(placeName, JSON.stringify(place))

/** The next reading begins with the first list. */
export const beginOptOutsAnew = ({ cursors }: StateTransaction): Promise<void> => cursors.set(placeName, '')

/** Whose stored lists do not say yet what the service says. */
const notYetKnown = (contacts: readonly StoredRecord[], list: string, status: OffList): readonly string[] =>
  contacts
    .filter(({ lists = [] }) => !lists.some((known) => known.id === list && known.status === status))
    .map(({ id }) => id)

/** A count that no answer tells: the next reading looks who it is, whatever has moved. */
const uncounted = ''

/** Asks for the lists of who is off this one, as far as that is news. */
const readOneList = async (
  context: SyncContext,
  { list, status, full }: { readonly list: string; readonly status: OffList; readonly full: boolean },
  { read, ...begun }: Place,
): Promise<Place> => {
  const { activeCampaign, signal } = context
  const name = countName(list, status)
  const place: Place = begun.of === name ? { ...begun, read } : { ...front, read }
  const before = await inState(context, ({ cursors }) => cursors.get(name))
  let { count } = place
  let isFront = place.continuationToken === null
  const pages = activeCampaign.contacts
    .list({ listId: list, status, ...(signal && { signal }) })
    .byPage({ continuationToken: place.continuationToken ?? undefined })
  for await (const page of pages) {
    const total = page.total === undefined ? null : String(page.total)
    // What the service counts from a later page on need not be the whole.
    count ??= total
    if (!full && isFront && total !== null && total === before) break
    isFront = false
    const next = page.continuationToken
    const ids = page.rows.map(({ id }) => id)
    count = await inState(context, async (state) => {
      const contacts = await state.records.find(contactKind, ids)
      // Who came after contacts were listed is listed by the next reading, and nobody can be told of their lists before.
      const counted = contacts.length < ids.length ? uncounted : count
      await askForLists(state, full ? ids : notYetKnown(contacts, list, status))
      if (next !== undefined)
        await savePlace(state, { read, count: counted, continuationToken: next, of: name })
      return counted
    })
    if (next !== undefined) await context.boundary()
  }
  const done = { ...front, read: [...read, name] }
  await inState(context, async (state) => {
    await state.cursors.set(name, count ?? '0')
    await savePlace(state, done)
  })
  return done
}

/** Whether leaving a list in ActiveCampaign is to be known in D365. */
export const watchesOptOuts = ({ optOut, entities }: CompiledDefinition): boolean =>
  optOut.direction !== 'off' &&
  optOut.direction !== 'outbound' &&
  entities.some(({ entity }) => entity === 'contacts' || entity === 'leads')

/**
 * Finds out who unsubscribed, or whose mail bounced. The service has no feed of it, and does not say that it moves a contact's
 * `udate`; but it counts the contacts of a list by status, in any answer about them. So each list costs two calls
 * while nothing changes, and only a number that moved makes the engine look who it was. Before anybody is opted out for it, the
 * contact's lists are read once more.
 *
 * @param options.full - Look at everybody who is off a list.
 */
export const readOptOuts = async (
  context: SyncContext,
  { full, generation }: { readonly full: boolean; readonly generation: number },
): Promise<void> => {
  const { definition } = context
  const { lists: chosen } = definition.optOut
  if (!watchesOptOuts(definition)) return
  const names = await listNames(context)
  let place = await inState(context, placeOf)
  for (const list of names.keys()) {
    if (chosen !== 'all' && !chosen.includes(list)) continue
    for (const status of offList) {
      if (place.read.includes(countName(list, status))) continue
      place = await readOneList(context, { list, status, full }, place)
    }
  }
  await readMemberships(context, names, generation)
  await inState(context, beginOptOutsAnew)
}
