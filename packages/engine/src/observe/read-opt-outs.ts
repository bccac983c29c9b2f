import type { ContactList } from '@dynacamp/activecampaign-client'
import type { ListStatus } from '@dynacamp/core'
import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { chunks } from '../chunks.ts'
import { inState, type SyncContext } from '../context.ts'
import { contactKind } from './contact-record.ts'
import { listNames, membershipsOf, toListStatus } from './memberships.ts'

/** Who is off a list, or may be: what of a contact's lists D365 is told about. */
const offList = ['unsubscribed', 'bounced'] as const

const membershipsPerCall = 100
const together = 10

interface Reading {
  readonly full: boolean
  readonly generation: number
  /** Contacts with known lists that changed since the last time. */
  readonly touched: readonly string[]
}

type OffList = (typeof offList)[number]

/** How many were off a list the last time. */
const cursorName = (list: string, status: OffList): string => `activecampaign/lists/${list}/${status}`

/** Whose stored lists do not say yet what the service says. */
const notYetKnown = async (
  context: SyncContext,
  ids: readonly string[],
  list: string,
  status: OffList,
): Promise<readonly string[]> => {
  const records = await inState(context, (state) => state.records.find(contactKind, ids))
  return records
    .filter(({ lists = [] }) => !lists.some((known) => known.id === list && known.status === status))
    .map(({ id }) => id)
}

/** Remembers what was read; contacts that are not in the state any more are left out. */
const remember = async (
  context: SyncContext,
  generation: number,
  read: ReadonlyMap<string, readonly ListStatus[]>,
): Promise<void> => {
  await inState(context, async ({ records }) => {
    const found = await records.find(contactKind, [...read.keys()])
    const known = found.map((record) => ({ ...record, lists: read.get(record.id) ?? [] }))
    await records.save(known, { generation, pending: false })
  })
}

/** One call per contact. */
const readPerContact = async (
  context: SyncContext,
  ids: readonly string[],
  names: ReadonlyMap<string, string>,
  generation: number,
): Promise<void> => {
  for (const some of chunks(ids, together)) {
    const read = await Promise.all(
      some.map(async (id) => [id, await membershipsOf(context, id, names)] as const),
    )
    await remember(context, generation, new Map(read))
  }
}

/** One call per hundred memberships of anybody. */
const readAll = async (
  context: SyncContext,
  ids: readonly string[],
  names: ReadonlyMap<string, string>,
  generation: number,
): Promise<void> => {
  const { activeCampaign, signal } = context
  const wanted = new Map<string, ListStatus[]>(ids.map((id) => [id, []]))
  const pages = activeCampaign.contactLists.list(signal ? { signal } : {})
  const add = (membership: ContactList) => {
    wanted.get(membership.contact)?.push(toListStatus(membership, names))
  }
  for await (const membership of pages) add(membership)
  for (const some of chunks([...wanted], membershipsPerCall))
    await remember(context, generation, new Map(some))
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
 */
export const readOptOuts = async (context: SyncContext, reading: Reading): Promise<void> => {
  const { activeCampaign, definition, signal } = context
  const { lists: chosen } = definition.optOut
  if (!watchesOptOuts(definition)) return
  const names = await listNames(context)
  const changed = new Set(reading.touched)
  const counts: (readonly [string, string])[] = []
  for (const list of names.keys()) {
    if (chosen !== 'all' && !chosen.includes(list)) continue
    for (const status of offList) {
      const name = cursorName(list, status)
      const before = await inState(context, ({ cursors }) => cursors.get(name))
      const query = { listId: list, status, ...(signal && { signal }) }
      let count = 0
      for await (const page of activeCampaign.contacts.list(query).byPage()) {
        if (!reading.full && page.total !== undefined && String(page.total) === before) {
          count = page.total
          break
        }
        count = page.total ?? count + page.rows.length
        const ids = page.rows.map(({ id }) => id)
        const news = reading.full ? ids : await notYetKnown(context, ids, list, status)
        for (const id of news) changed.add(id)
      }
      counts.push([name, String(count)])
    }
  }
  if (changed.size > 0) {
    const ids = [...changed]
    const memberships = await countMemberships(context)
    const perContact = memberships === undefined || ids.length <= Math.ceil(memberships / membershipsPerCall)
    await (perContact ? readPerContact : readAll)(context, ids, names, reading.generation)
  }
  await inState(context, async ({ cursors }) => {
    for (const [name, count] of counts) await cursors.set(name, count)
  })
}

const countMemberships = async ({ activeCampaign, signal }: SyncContext): Promise<number | undefined> => {
  for await (const page of activeCampaign.contactLists.list(signal ? { signal } : {}).byPage())
    return page.total
  return 0
}
