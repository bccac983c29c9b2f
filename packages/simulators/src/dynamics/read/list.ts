import type { Answer } from '../../shared/exchange.ts'
import { type Call, filterContext, odataAnswer, wantsAnnotation } from '../call.ts'
import { badRequest } from '../dataverse-error.ts'
import { compileFilter } from '../odata/filter.ts'
import { parseFilter } from '../odata/filter-parser.ts'
import { refuseUnknownOptions } from '../odata/url.ts'
import type { Table } from '../schema/table.ts'
import { demand, mayRead } from '../security/access.ts'
import type { Row } from '../store/table-store.ts'
import { applyTransformation } from './apply.ts'
import { readChanges, startTracking } from './changes.ts'
import { type Expand, expandsOf } from './expand.ts'
import { link } from './link.ts'
import { createPresenter, selectColumns } from './present.ts'
import { parseQuery, type Query as RowQuery } from './query.ts'
import { readSkipToken, writeSkipToken } from './skip-token.ts'

/** Standard tables: the most rows in a page, and the number at which counting stops. */
/** `$count` stops here, whatever the size of a page. */
const countLimit = 5000

type Query = RowQuery & { readonly expands: readonly Expand[] }

/** The rows that a list reads from, in the order of the primary key, after a row when a page goes on. */
export type Source = (afterId?: string) => Iterable<Row>

/** `GET /contacts`: a page of rows, of changes, or of an aggregation. */
export function list(call: Call, table: Table, source?: Source): Answer {
  refuseUnknownOptions(call.options)
  demand(call, 'Read', table)
  if (call.options.$apply !== undefined) return applyTransformation(call, table)
  if (call.options.$deltatoken !== undefined) return readChanges(call, table)
  if (call.prefer.trackChanges) return startTracking(call, table)
  return readPage(
    call,
    table,
    source ?? ((after) => call.environment.store.table(table.logicalName).inKeyOrder(after)),
  )
}

function readPage(call: Call, table: Table, source: Source): Answer {
  const query = { ...parseQuery(call, table), expands: expandsOf(call, table) }
  const token = call.options.$skiptoken === undefined ? undefined : readSkipToken(call.options.$skiptoken)
  const paged = call.prefer.maxPageSize !== undefined
  const most = call.environment.behaviour.pageLimit
  const size = Math.min(call.prefer.maxPageSize ?? query.top ?? most, most)
  const { rows, more } = takePage(call, table, query, source, token, size)
  const first = rows[0]
  const last = rows.at(-1)
  // Without a page size `$top` rules, and there is no next page.
  const goesOn = more && (paged || query.top === undefined) && first !== undefined && last !== undefined
  const next = goesOn
    ? link(call, {
        $skiptoken: writeSkipToken(
          table.primaryId,
          { page: (token?.page ?? 1) + 1, last: String(last[table.primaryId]) },
          String(first[table.primaryId]),
        ),
      })
    : undefined
  return odataAnswer(call, 200, {
    '@odata.context': contextOf(call, table, query),
    ...countProperties(call, table, query, source),
    value: rows.map(presenter(call, table, query)),
    ...(next === undefined ? {} : { '@odata.nextLink': next }),
  })
}

/** Rows of one page, and whether there are more. */
function takePage(
  call: Call,
  table: Table,
  query: Query,
  source: Source,
  token: { readonly page: number; readonly last: string } | undefined,
  size: number,
): { readonly rows: readonly Row[]; readonly more: boolean } {
  const wanted = (row: Row): boolean => (query.filter?.(row) ?? true) && mayRead(call, table, row)
  if (query.order === undefined) {
    const rows: Row[] = []
    for (const row of source(token?.last)) {
      if (!wanted(row)) continue
      if (rows.length === size) return { rows, more: true }
      rows.push(row)
    }
    return { rows, more: false }
  }
  const ordered = sorted(call, table, query, source, wanted)
  const found = token === undefined ? -1 : ordered.findIndex((row) => row[table.primaryId] === token.last)
  // A row that was deleted between two pages leaves only the page number to go on with.
  const from = token === undefined ? 0 : found >= 0 ? found + 1 : (token.page - 1) * size
  return { rows: ordered.slice(from, from + size), more: ordered.length > from + size }
}

interface Sorted {
  readonly key: string
  readonly rows: readonly Row[]
}

/** The last sorted result of each table: following pages of the same query need no second sort. */
const lastSorted = new WeakMap<object, Map<string, Sorted>>()

function sorted(
  call: Call,
  table: Table,
  query: Query,
  source: Source,
  wanted: (row: Row) => boolean,
): readonly Row[] {
  const store = call.environment.store
  const { $skiptoken: _, ...options } = call.options
  const path = call.segments.map(({ name, key }) => `${name}(${key ?? ''})`).join('/')
  const key = [path, store.version, call.caller.userId, JSON.stringify(options)].join('|')
  const known = lastSorted.get(store) ?? new Map<string, Sorted>()
  lastSorted.set(store, known)
  const last = known.get(table.logicalName)
  if (last?.key === key) return last.rows
  const rows: Row[] = []
  for (const row of source()) if (wanted(row)) rows.push(row)
  if (query.order !== undefined) rows.sort(query.order)
  known.set(table.logicalName, { key, rows })
  return rows
}

const presenter = (call: Call, table: Table, query: Query): ((row: Row) => unknown) => {
  const present = createPresenter(call, table, selectColumns(table, query.columns))
  return (row) => {
    const json = present(row)
    for (const expand of query.expands) expand.add(row, json)
    return json
  }
}

/** `…/$metadata#contacts(fullname,parentcustomerid_account(name))` */
export function contextOf(call: Call, table: Table, query: Pick<Query, 'columns' | 'expands'>): string {
  const names = [
    ...(query.columns?.map(({ property }) => property) ?? []),
    ...query.expands.map(({ context }) => context),
  ]
  return `${call.root}/$metadata#${table.entitySetName}${names.length === 0 ? '' : `(${names.join(',')})`}`
}

const countRows = (call: Call, table: Table, query: Pick<Query, 'filter'>, source: Source): number => {
  let count = 0
  for (const row of source()) {
    if ((query.filter?.(row) ?? true) && mayRead(call, table, row)) count += 1
    if (count > countLimit) break
  }
  return count
}

function countProperties(
  call: Call,
  table: Table,
  query: Query,
  source: Source,
): Readonly<Record<string, unknown>> {
  const counted = call.options.$count === 'true' ? countRows(call, table, query, source) : undefined
  const total = 'Microsoft.Dynamics.CRM.totalrecordcount'
  return {
    ...(counted === undefined ? {} : { '@odata.count': Math.min(counted, countLimit) }),
    ...(wantsAnnotation(call.prefer, total)
      ? {
          [`@${total}`]: counted === undefined ? -1 : Math.min(counted, countLimit),
          [`@${total}limitexceeded`]: counted !== undefined && counted > countLimit,
          '@Microsoft.Dynamics.CRM.globalmetadataversion': String(call.environment.store.version),
        }
      : {}),
  }
}

/** `GET /contacts/$count`: the number alone, at most 5000. */
export function count(call: Call, table: Table, source?: Source): Answer {
  demand(call, 'Read', table)
  const { $filter } = call.options
  const filter =
    $filter === undefined
      ? undefined
      : compileFilter(parseFilter($filter, call.options), table, filterContext(call))
  const rows = source ?? (() => call.environment.store.table(table.logicalName).inKeyOrder())
  const counted =
    call.options.$deltatoken === undefined
      ? countRows(call, table, { filter }, rows)
      : changeCount(call, table)
  return {
    status: 200,
    headers: { 'content-type': 'text/plain', 'odata-version': '4.0' },
    body: String(Math.min(counted, countLimit)),
  }
}

const changeCount = (call: Call, table: Table): number => {
  const body: unknown = JSON.parse(
    readChanges({ ...call, prefer: { ...call.prefer, maxPageSize: countLimit } }, table).body ?? '{}',
  )
  if (typeof body === 'object' && body !== null && 'value' in body && Array.isArray(body.value))
    return body.value.length
  throw badRequest('The delta token cannot be counted.')
}
