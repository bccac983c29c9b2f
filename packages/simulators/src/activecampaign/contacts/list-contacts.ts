import { createHash } from 'node:crypto'
import type { Call, Endpoint } from '../core/call.ts'
import type { JsonObject } from '../core/json.ts'
import { numberOf, pageOf } from '../core/query.ts'
import { ok } from '../core/reply.ts'
import { segmentMembers } from '../segments/segment-members.ts'
import type { Contact } from './contact.ts'
import { contactRow } from './contact-row.ts'
import { matchContacts } from './match-contacts.ts'

/** The first position whose id is above `id`, in contacts ordered by id. */
function after(contacts: readonly Contact[], id: number): number {
  let low = 0
  let high = contacts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (Number(contacts[middle]?.id) <= id) low = middle + 1
    else high = middle
  }
  return low
}

const limitsOf = ({ query, store }: Call) => pageOf(query, Math.min(100, store.behaviour.pageLimit))

function page(contacts: readonly Contact[], call: Call): readonly Contact[] {
  const { query } = call
  const { limit, offset } = limitsOf(call)
  const greater = numberOf(query, 'id_greater', 0)
  const less = numberOf(query, 'id_less', Number.POSITIVE_INFINITY)
  const ascending = ![...query.keys()].some((key) => key.startsWith('orders[') && key !== 'orders[id]')
  if (ascending && query.get('orders[id]')?.toUpperCase() !== 'DESC' && less === Number.POSITIVE_INFINITY) {
    const start = (greater > 0 ? after(contacts, greater) : 0) + offset
    return contacts.slice(start, start + limit)
  }
  const chosen = contacts.filter(({ id }) => Number(id) > greater && Number(id) < less)
  return chosen.slice(offset, offset + limit)
}

const rowIds = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map((row) => row.id)

function pageInput(call: Call): JsonObject {
  const { query } = call
  const { limit, offset } = limitsOf(call)
  const number = (key: string): number => numberOf(query, key, 0)
  return {
    segmentid: query.get('segmentid'),
    formid: number('formid'),
    listid: number('listid'),
    tagid: number('tagid'),
    limit,
    offset,
    search: query.get('search'),
    sort: query.get('sortId'),
    seriesid: number('seriesid'),
    waitid: number('waitid'),
    status: numberOf(query, 'status', -1),
    forceQuery: number('forceQuery'),
    cacheid: createHash('md5').update(query.toString()).digest('hex'),
  }
}

export const listContacts: Endpoint = {
  operation: 'contacts.list',
  method: 'GET',
  path: 'contacts',
  handle: (call) => {
    const { store, query } = call
    const matched = matchContacts(call, segmentMembers(store, query))
    const rows = page(matched, call)
    const scores = rows.flatMap(({ id }) => store.tables.scoreValues.by('contact', id))
    return ok({
      scoreValues: scores,
      contacts: rows.map((contact) => ({
        ...contactRow(store, contact),
        scoreValues: rowIds(store.tables.scoreValues.by('contact', contact.id)),
        accountContacts: rowIds(store.tables.accountContacts.by('contact', contact.id)),
      })),
      meta: { total: String(matched.length), sortable: true, page_input: pageInput(call) },
    })
  },
}
