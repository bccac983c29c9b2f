import type { Answer } from '../../shared/exchange.ts'
import { own } from '../../shared/own.ts'
import { type Call, filterContext, odataAnswer, wantsAnnotation } from '../call.ts'
import { badQuery, DataverseError } from '../dataverse-error.ts'
import { compileFilter, type Resolved, resolvePath } from '../odata/filter.ts'
import { parseFilter } from '../odata/filter-parser.ts'
import { splitOutside } from '../odata/url.ts'
import type { Table } from '../schema/table.ts'
import { mayRead } from '../security/access.ts'
import type { Row, Scalar } from '../store/table-store.ts'
import { formattedValue } from './formatted-value.ts'
import type { JsonRow } from './present.ts'

const rowLimit = 50_000

interface Aggregate {
  readonly alias: string
  readonly over: (rows: readonly Row[]) => Scalar | null
}

const inside = (text: string, name: string): string | undefined =>
  text.startsWith(`${name}(`) && text.endsWith(')') ? text.slice(name.length + 1, -1) : undefined

const numbers = (rows: readonly Row[], { get }: Resolved): readonly number[] =>
  rows.map((row) => get(row)).filter((value) => typeof value === 'number')

const extreme = (rows: readonly Row[], { get }: Resolved, sign: 1 | -1): Scalar | null => {
  let best: Scalar | undefined
  for (const row of rows) {
    const value = get(row)
    if (value !== undefined && (best === undefined || (value > best ? sign : -sign) > 0)) best = value
  }
  return best ?? null
}

const methods: Readonly<Record<string, (rows: readonly Row[], path: Resolved) => Scalar | null>> = {
  sum: (rows, path) => numbers(rows, path).reduce((total, value) => total + value, 0),
  average: (rows, path) => {
    const values = numbers(rows, path)
    return values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length
  },
  min: (rows, path) => extreme(rows, path, -1),
  max: (rows, path) => extreme(rows, path, 1),
  countdistinct: (rows, { get }) => new Set(rows.map(get).filter((value) => value !== undefined)).size,
}

function parseAggregates(call: Call, table: Table, text: string): readonly Aggregate[] {
  return splitOutside(text, ',').map((part): Aggregate => {
    const words = part.trim().split(/\s+/)
    const [subject = '', keyword, method = '', as, named] = words
    if (subject === '$count' && keyword === 'as' && method !== '') {
      return { alias: method, over: (rows) => rows.length }
    }
    const compute = own(methods, method)
    if (keyword !== 'with' || as !== 'as' || named === undefined || compute === undefined) {
      throw badQuery(`Syntax error in '$apply': '${part.trim()}'.`)
    }
    const path = resolvePath(filterContext(call), table, subject.split('/'))
    return { alias: named, over: (rows) => compute(rows, path) }
  })
}

/** `$apply`: filter, groupby and aggregate, in the forms that Dataverse has. */
export function applyTransformation(call: Call, table: Table): Answer {
  const source = call.options.$apply ?? ''
  let rows: Row[] = []
  for (const row of call.environment.store.table(table.logicalName).inKeyOrder()) {
    if (mayRead(call, table, row)) rows.push(row)
  }
  for (const step of splitOutside(source, '/').map((part) => part.trim())) {
    const filter = inside(step, 'filter')
    if (filter !== undefined) {
      rows = rows.filter(compileFilter(parseFilter(filter, call.options), table, filterContext(call)))
      continue
    }
    if (rows.length > rowLimit) {
      throw new DataverseError(
        400,
        '0x8004e023',
        'AggregateQueryRecordLimitExceeded',
        'The maximum record limit is exceeded. Reduce the number of records.',
      )
    }
    return odataAnswer(call, 200, {
      '@odata.context': `${call.root}/$metadata#${table.entitySetName}`,
      value: summarise(call, table, step, rows),
    })
  }
  throw badQuery(`Syntax error in '$apply': '${source}'.`)
}

function summarise(call: Call, table: Table, step: string, rows: readonly Row[]): readonly JsonRow[] {
  const aggregate = inside(step, 'aggregate')
  if (aggregate !== undefined) {
    const aggregates = parseAggregates(call, table, aggregate)
    return [Object.fromEntries(aggregates.map(({ alias, over }) => [alias, over(rows)]))]
  }
  const grouping = inside(step, 'groupby')
  if (grouping === undefined) throw badQuery(`Syntax error in '$apply': '${step}'.`)
  const [head = '', tail] =
    splitOutside(grouping, ',').length > 1 ? splitGrouping(grouping) : [grouping, undefined]
  const paths = splitOutside(head.trim().slice(1, -1), ',').map((name) => name.trim())
  const keys = paths.map((path) => ({
    // A group by a navigation path gets a name of its own: `parentcustomerid_account_name`.
    name: path.replaceAll('/', '_'),
    resolved: resolvePath(filterContext(call), table, path.split('/')),
  }))
  const inner = tail === undefined ? undefined : inside(tail.trim(), 'aggregate')
  const aggregates = inner === undefined ? [] : parseAggregates(call, table, inner)
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = JSON.stringify(keys.map(({ resolved }) => resolved.get(row) ?? null))
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  const label = 'OData.Community.Display.V1.FormattedValue'
  return [...groups.values()].map((group) => {
    const json: JsonRow = {}
    const first = group[0] ?? {}
    for (const { name, resolved } of keys) {
      const value = resolved.get(first)
      // The group of empty values has no property at all.
      if (value === undefined) continue
      const text = wantsAnnotation(call.prefer, label)
        ? formattedValue(call.environment, resolved.column, value, first)
        : undefined
      if (text !== undefined) json[`${name}@${label}`] = text
      json[name] = value
    }
    for (const { alias, over } of aggregates) json[alias] = over(group)
    return json
  })
}

const splitGrouping = (text: string): readonly [string, string] => {
  const [head = '', ...rest] = splitOutside(text, ',')
  return [head, rest.join(',')]
}
