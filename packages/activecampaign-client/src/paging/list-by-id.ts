import type { Connection } from '../connection.ts'
import { endless, getPage, type ListCall, limit } from './list-call.ts'
import { type PagedList, pagedList } from './paged-list.ts'

/**
 * A list paged by the id of its last row, to its end, which only `/contacts` can. Rows that come or go meanwhile
 * move no other row to a page already read.
 */
export function listById<T>(connection: Connection, call: ListCall<T>, afterId?: string): PagedList<T> {
  return pagedList(call.operation, async function* (continuationToken) {
    let last = continuationToken ?? afterId
    let seen = 0
    for (;;) {
      const page = await getPage(connection, call, { 'orders[id]': 'ASC', id_greater: last, limit })
      if (page.received === 0) return
      if (!isAscending(last, page.ids))
        throw endless(call, 'the service ignores id_greater or orders and sends rows again')
      const next = page.ids.at(-1)
      seen += page.received
      // A page may be short without being the last; the total of the whole list decides.
      const isDone = next === undefined || (page.received < limit && seen >= (page.total ?? 0))
      yield isDone ? page : { ...page, continuationToken: next }
      // Rows of which none has an id are told as problems of their page; what comes after them cannot be asked for.
      if (isDone) return
      last = next
    }
  })
}

const isAscending = (after: string | undefined, ids: readonly string[]): boolean =>
  [after ?? '-1', ...ids].every((id, index, all) => index === 0 || Number(id) > Number(all[index - 1]))
