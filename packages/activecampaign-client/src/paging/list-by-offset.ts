import { z } from 'zod'
import type { Connection } from '../connection.ts'
import { ActiveCampaignError } from '../error.ts'
import { type DecodedPage, decodeRows, type RowSource } from './decode-rows.ts'
import { endless, getPage, type ListCall, limit } from './list-call.ts'
import { type PagedList, pagedList } from './paged-list.ts'

/** A list whose answers hold nothing but its rows, under a key. */
export function listRows<T>(
  connection: Connection,
  list: Omit<ListCall<T>, 'decode'> & { readonly key: string; readonly row: z.ZodType<T> },
): PagedList<T> {
  return listByOffset(connection, {
    ...list,
    decode: (answer) => decodeRows(list, list.key, list.row, answer),
  })
}

const rememberedIds = 3 * limit
const patience = 5

/**
 * A list paged by `offset`, to its end.
 *
 * When a row goes away, all later ones move up, and the next page begins one row too late. So each page is asked for from
 * the last row of the one before: when that row is not there, rows have gone, and reading steps back until it
 * meets a row it knows. Rows that come twice are dropped.
 */
export function listByOffset<T>(connection: Connection, call: ListCall<T>): PagedList<T> {
  return pagedList(call.operation, async function* (continuationToken) {
    const { startAt = 0 } = call
    let { offset, known } = placeOf(call, continuationToken) ?? { offset: startAt, known: [] }
    let before: { readonly offset: number; readonly firstId: string | undefined } | undefined
    let fruitless = 0
    for (;;) {
      const page = await getPage(connection, call, { limit, offset })
      const { total, received } = page
      const [firstId] = page.ids

      if (before !== undefined && offset > before.offset && received > 1 && firstId === before.firstId) {
        // Sub-resources may know no offset: without a total, what came first was all.
        if (total === undefined) return
        throw endless(call, 'the service ignores offset and sends the same rows again')
      }
      before = { offset, firstId }

      const knownIds = new Set(known)
      const fresh = withoutKnown(page, knownIds)
      const freshIds = page.ids.filter((id) => !knownIds.has(id))
      known = [...known, ...freshIds].slice(-rememberedIds)

      const isEnd = total === undefined ? received < limit : offset + received >= total
      const isConnected = offset <= startAt || freshIds.length < page.ids.length
      const isDone = isConnected && (isEnd || (freshIds.length === 0 && received < limit))
      const isEmpty = !isConnected && received === 0 && (total ?? 0) === 0
      offset = isConnected ? offset + Math.max(received - 1, 1) : Math.max(offset - limit, startAt)
      if (fresh.rows.length > 0 || fresh.problems.length > 0) {
        yield isDone || isEmpty ? fresh : { ...fresh, continuationToken: JSON.stringify({ offset, known }) }
      }
      if (isDone || isEmpty) return

      fruitless = freshIds.length > 0 && isConnected ? 0 : fruitless + 1
      if (fruitless > patience) throw endless(call, 'the list changes faster than it can be read')
    }
  })
}

const place = z.object({ offset: z.number(), known: z.array(z.string()).readonly() })

/** Where the next page of an interrupted reading begins, and the rows before it. */
function placeOf(
  { operation }: RowSource,
  continuationToken: string | undefined,
): z.infer<typeof place> | undefined {
  if (continuationToken === undefined) return undefined
  try {
    return place.parse(JSON.parse(continuationToken))
  } catch {
    const message = `${operation}: the continuation token is not one of this list`
    throw new ActiveCampaignError(message, { operation, code: 'invalid-argument' })
  }
}

function withoutKnown<T>(page: DecodedPage<T>, known: ReadonlySet<string>): DecodedPage<T> {
  if (known.size === 0) return page
  const isNew = (id: string | undefined): boolean => id === undefined || !known.has(id)
  return {
    ...page,
    rows: page.rows.filter((_, index) => isNew(page.rowIds[index])),
    rowIds: page.rowIds.filter(isNew),
    problems: page.problems.filter(({ id }) => isNew(id)),
  }
}
