import { own } from '../../shared/own.ts'
import type { Call } from './call.ts'
import { type JsonObject, type Row, text } from './json.ts'
import { perStore } from './per-store.ts'
import { bracketed, compare, ordersOf, pageOf } from './query.ts'
import type { Resource } from './resource.ts'

type Test = (row: Row) => boolean

const operators: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  neq: (value, wanted) => value !== wanted,
  lt: (value, wanted) => compare(value, wanted) < 0,
  lte: (value, wanted) => compare(value, wanted) <= 0,
  gt: (value, wanted) => compare(value, wanted) > 0,
  gte: (value, wanted) => compare(value, wanted) >= 0,
  contains: (value, wanted) => value.includes(wanted),
  starts_with: (value, wanted) => value.startsWith(wanted),
}

const low = (row: Row, column: string): string => text(row[column]).toLowerCase()

/** `filters[column]=value`, `filters[column][op]=value` and `search=`. Unknown columns are ignored. */
function testsOf(resource: Resource, call: Call): readonly Test[] {
  const { contains = [], aliases = {}, searches = [] } = resource.list ?? {}
  const filters = bracketed(call.query, 'filters').map(({ path: [name = '', operator], value }): Test => {
    const wanted = value.toLowerCase()
    const fits = own(
      operators,
      operator ?? (contains.includes(name) || name === 'search' ? 'contains' : 'eq'),
    )
    if (name === 'search') return (row) => searches.some((column) => fits?.(low(row, column), wanted) ?? true)
    const column = own(aliases, name) ?? name
    return (row) => !Object.hasOwn(row, column) || (fits?.(low(row, column), wanted) ?? true)
  })
  const search = call.query.get('search')?.toLowerCase() ?? ''
  if (search === '') return filters
  return [...filters, (row) => searches.some((column) => low(row, column).includes(search))]
}

function choose(resource: Resource, rows: readonly Row[], call: Call): readonly Row[] {
  const tests = testsOf(resource, call)
  const chosen = tests.length === 0 ? [...rows] : rows.filter((row) => tests.every((test) => test(row)))
  const orders = ordersOf(call.query).filter(
    ({ field }) => chosen[0] !== undefined && Object.hasOwn(chosen[0], field),
  )
  if (orders.length === 0) return chosen
  return chosen.sort((a, b) => {
    for (const { field, descending } of orders) {
      const difference = compare(low(a, field), low(b, field))
      if (difference !== 0) return descending ? -difference : difference
    }
    return 0
  })
}

/** What each list chose last, so that paging through 100,000 rows does not look at all of them a thousand times. */
const lastChoices = perStore(
  () => new Map<Resource, { readonly key: string; readonly rows: readonly Row[] }>(),
)

const paging = ['limit', 'offset']

/** The rows a list call means, in its order, before they are cut into pages. */
export function chosenRows(resource: Resource, call: Call): readonly Row[] {
  const table = call.store.tables[resource.path]
  const key = JSON.stringify([table.version, [...call.query].filter(([name]) => !paging.includes(name))])
  const last = lastChoices(call.store).get(resource)
  if (last?.key === key) return last.rows
  const rows = choose(resource, table.rows, call)
  lastChoices(call.store).set(resource, { key, rows })
  return rows
}

/** One page, and the `meta` that tells how many rows there are in all. */
export function pageOfRows(
  resource: Resource,
  rows: readonly Row[],
  call: Call,
): { readonly page: readonly Row[]; readonly meta: JsonObject } {
  const maximum = Math.min(resource.list?.maximum ?? 100, call.store.behaviour.pageLimit)
  const { limit, offset } = pageOf(call.query, maximum, resource.list?.usual)
  const total = resource.list?.total === 'number' ? rows.length : String(rows.length)
  return {
    page: rows.slice(offset, offset + limit),
    meta: { total, ...resource.list?.meta?.(call.store) },
  }
}
