import type { Query } from '@dynacamp/http'
import { z } from 'zod'
import { malformed, problemsOf } from './answer-error.ts'
import type { ApiCall, CallOptions, Connection } from './connection.ts'
import { ActiveCampaignError, type RowProblem } from './error.ts'
import { type Page, type PagedList, pagedList } from './paged-list.ts'
import { id, number } from './wire.ts'

/** The most the service gives at once; 20 is what it gives unasked. */
const limit = 100

/** Where rows come from, for errors. */
export interface RowSource {
  readonly operation: string
  readonly path: string
}

/** A list of the service: where it is and how an answer of it is read. */
export interface ListCall<T> extends RowSource {
  readonly query?: Query
  readonly options?: CallOptions | undefined
  readonly decode: (answer: unknown) => DecodedPage<T>
}

/** Rows of one answer. */
export interface DecodedPage<T> extends Page<T> {
  /** Ids of all rows, also of those that could not be read. */
  readonly ids: readonly string[]
  /** How many rows came. */
  readonly received: number
}

const rowWithId = z.object({ id })
const envelope = z.record(z.string(), z.unknown())
const totalOf = z.object({ meta: z.object({ total: number }) })

/** Reads the rows under a key of an answer, each by itself: one bad row does not take its page down. */
export function decodeRows<T>(
  source: RowSource,
  key: string,
  row: z.ZodType<T>,
  answer: unknown,
): DecodedPage<T> {
  const body = envelope.safeParse(answer).data ?? {}
  const list = body[key]
  if (!Array.isArray(list)) {
    const problem = { path: key, message: 'expected an array' }
    throw malformed(source.operation, `GET ${source.path}`, [problem])
  }
  const rows: T[] = []
  const problems: RowProblem[] = []
  const ids: string[] = []
  for (const [index, raw] of list.entries()) {
    const rowId = rowWithId.safeParse(raw).data?.id
    if (rowId !== undefined) ids.push(rowId)
    const read = row.safeParse(raw)
    if (read.success) rows.push(read.data)
    else
      problems.push({
        operation: source.operation,
        id: rowId,
        problems: problemsOf(read.error, [key, index]),
      })
  }
  const { [key]: _, meta: __, ...included } = body
  const total = totalOf.safeParse(answer).data?.meta.total ?? undefined
  return { rows, problems, total, included, ids, received: list.length }
}

/** Rows that an answer about something else sends along; none when it sends none. */
export function sideLoad<T>(
  source: RowSource,
  key: string,
  row: z.ZodType<T>,
  answer: unknown,
): DecodedPage<T> {
  const list = envelope.safeParse(answer).data?.[key]
  // The service sends ids in place of rows in some answers.
  const rows = Array.isArray(list) ? list.filter((item) => typeof item === 'object') : []
  return decodeRows(source, key, row, { [key]: rows })
}

const getPage = async <T>(connection: Connection, call: ListCall<T>, query: Query) => {
  const { operation, path, options } = call
  const page: ApiCall = { operation, path, options, method: 'GET', query: { ...call.query, ...query } }
  return call.decode((await connection.send(page)).body)
}

const endless = (call: ListCall<unknown>, what: string): ActiveCampaignError =>
  new ActiveCampaignError(`${call.operation}: the service ignores ${what} and sends the same rows again`, {
    operation: call.operation,
    code: 'endless-paging',
  })

/** A list whose answers hold nothing but its rows, under a key; paged by `offset`, to its end. */
export function listRows<T>(
  connection: Connection,
  list: Omit<ListCall<T>, 'decode'> & { readonly key: string; readonly row: z.ZodType<T> },
): PagedList<T> {
  return listByOffset(connection, {
    ...list,
    decode: (answer) => decodeRows(list, list.key, list.row, answer),
  })
}

/** A list paged by `offset`, to its end. */
export function listByOffset<T>(connection: Connection, call: ListCall<T>): PagedList<T> {
  return pagedList(call.operation, async function* () {
    let offset = 0
    let before: DecodedPage<T> | undefined
    for (;;) {
      const page = await getPage(connection, call, { limit, offset })
      const repeated = before !== undefined && page.ids.length > 0 && page.ids[0] === before.ids[0]
      offset += page.received
      if (repeated) {
        // Sub-resources may know no offset: without a total, what came first was all.
        if (page.total === undefined) return
        throw endless(call, 'offset')
      }
      yield page
      const isLast = page.total === undefined ? page.received < limit : offset >= page.total
      if (isLast || page.received === 0) return
      before = page
    }
  })
}

/**
 * A list paged by the id of its last row, to its end, which only `/contacts` can. Rows that come or go meanwhile
 * move no other row to a page already read.
 */
export function listById<T>(connection: Connection, call: ListCall<T>, afterId?: string): PagedList<T> {
  return pagedList(call.operation, async function* () {
    let last = afterId
    let seen = 0
    for (;;) {
      const page = await getPage(connection, call, { 'orders[id]': 'ASC', id_greater: last, limit })
      const next = page.ids.at(-1)
      if (next === undefined) return
      if (!isAscending(last, page.ids)) throw endless(call, 'id_greater or orders')
      yield page
      last = next
      seen += page.received
      // A page may be short without being the last; the total of the whole list decides.
      if (page.received < limit && seen >= (page.total ?? 0)) return
    }
  })
}

const isAscending = (after: string | undefined, ids: readonly string[]): boolean =>
  [after ?? '-1', ...ids].every((id, index, all) => index === 0 || Number(id) > Number(all[index - 1]))
