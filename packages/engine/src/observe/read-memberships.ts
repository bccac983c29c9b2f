import type { ContactList } from '@dynacamp/activecampaign-client'
import type { ListStatus } from '@dynacamp/core'
import { allEnded } from '@dynacamp/http'
import { chunks } from '../chunks.ts'
import { inState, type SyncContext } from '../context.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { allAreRead, askedForLists, firstAsked, firstIsRead } from './asked-lists.ts'
import { contactKind } from './contact-record.ts'
import { placeIn, readList } from './list-place.ts'
import { membershipsOf, toListStatus } from './memberships.ts'

const membershipsPerCall = 100
const together = 10

type Names = ReadonlyMap<string, string>

/** Remembers what was read; contacts that are not in the state any more are left out. */
const remember = async (
  { records }: StateTransaction,
  generation: number,
  ids: readonly string[],
  listsOf: (id: string, known: readonly ListStatus[]) => readonly ListStatus[],
): Promise<void> => {
  const found = await records.find(contactKind, ids)
  const read = found.map((record) => ({ ...record, lists: listsOf(record.id, record.lists ?? []) }))
  await records.save(read, { generation, pending: false })
}

/** One call per contact. */
const readPerContact = async (context: SyncContext, names: Names, generation: number): Promise<void> => {
  const read = new Set<string>()
  for (;;) {
    const ids = await inState(context, firstAsked)
    if (ids === undefined) return
    for (const some of chunks(
      ids.filter((id) => !read.has(id)),
      together,
    )) {
      const lists = new Map(
        await allEnded(some.map(async (id) => [id, await membershipsOf(context, id, names)] as const)),
      )
      await inState(context, (state) => remember(state, generation, some, (id) => lists.get(id) ?? []))
    }
    for (const id of ids) read.add(id)
    await inState(context, firstIsRead)
    await context.boundary()
  }
}

/** One list's status among what is known of the others, as far as those lists are still there. */
const withStatuses = (
  known: readonly ListStatus[],
  read: readonly ListStatus[],
  names: Names,
): readonly ListStatus[] => {
  const isRead = new Set(read.map(({ id }) => id))
  return [...known.filter(({ id }) => names.has(id) && !isRead.has(id)), ...read]
}

/** One call per hundred memberships of anybody. */
const readAll = async (context: SyncContext, names: Names, generation: number): Promise<void> => {
  const { activeCampaign, signal } = context
  const wanted = await inState(context, askedForLists)
  const list = { rows: activeCampaign.contactLists.list(signal ? { signal } : {}), what: 'list memberships' }
  await readList(context, 'memberships', list, async (state, rows: readonly ContactList[]) => {
    const byContact = Map.groupBy(
      rows.filter(({ contact }) => wanted.has(contact)),
      ({ contact }) => contact,
    )
    await remember(state, generation, [...byContact.keys()], (id, known) =>
      withStatuses(
        known,
        (byContact.get(id) ?? []).map((membership) => toListStatus(membership, names)),
        names,
      ),
    )
  })
  await inState(context, allAreRead)
}

const countMemberships = async ({ activeCampaign, signal }: SyncContext): Promise<number | undefined> => {
  for await (const page of activeCampaign.contactLists.list(signal ? { signal } : {}).byPage())
    return page.total
  return 0
}

/** Reads the lists of the contacts that were asked for, in the way that takes fewer calls. An interrupted reading goes on. */
export const readMemberships = async (
  context: SyncContext,
  names: Names,
  generation: number,
): Promise<void> => {
  const { asked, begun } = await inState(context, async (state) => ({
    asked: (await askedForLists(state)).size,
    begun: (await placeIn(state, 'memberships')) !== null,
  }))
  if (asked === 0) return
  const memberships = begun ? 0 : await countMemberships(context)
  const perContact = memberships === undefined || asked <= Math.ceil(memberships / membershipsPerCall)
  await (perContact ? readPerContact : readAll)(context, names, generation)
}
