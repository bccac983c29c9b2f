import type { Call } from '../call.ts'
import { badRequest, DataverseError, unknownProperty } from '../dataverse-error.ts'
import { relatedBy } from '../odata/filter.ts'
import { type Options, splitOutside } from '../odata/url.ts'
import type { Table } from '../schema/table.ts'
import { mayRead } from '../security/access.ts'
import { type Row, tableOf } from '../store/table-store.ts'
import { createPresenter, type JsonRow, selectColumns } from './present.ts'
import { parseInnerOptions, parseQuery, type Query } from './query.ts'

/** One navigation property of a `$expand`, understood. */
export interface Expand {
  readonly name: string
  /** For `@odata.context`. */
  readonly context: string
  /** Adds the related rows to the JSON of a row. */
  readonly add: (row: Row, json: JsonRow) => void
}

const expandLimit = 15
const relatedRowLimit = 5000

const refOnCollection = 'Expand with $ref is only supported on lookup type navigation property.'
const nestedOnly =
  'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.'

/** The `$expand` of a call. */
export const expandsOf = (call: Call, table: Table): readonly Expand[] =>
  parseExpand(call, table, call.options.$expand ?? '')

/** Parses a `$expand` of rows of `table`; `depth` is 0 for the outermost. */
function parseExpand(call: Call, table: Table, source: string, depth = 0): readonly Expand[] {
  const parts = splitOutside(source, ',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (countExpands(source) > expandLimit) {
    throw new DataverseError(
      400,
      '0x8004430d',
      'TooManyLinkEntitiesInQuery',
      'Number of link entities in query exceeded maximum limit.',
    )
  }
  return parts.map((part) => {
    const open = part.indexOf('(')
    const head = open < 0 ? part : part.slice(0, open)
    const options = open < 0 ? {} : parseInnerOptions(part.slice(open + 1, part.lastIndexOf(')')))
    const [name = '', suffix] = head.split('/')
    return table.navigations.has(name)
      ? expandLookup(call, table, name, suffix === '$ref', options, depth)
      : expandCollection(call, table, name, suffix === '$ref', options, depth)
  })
}

const countExpands = (source: string): number => {
  let count = 0
  for (const part of splitOutside(source, ',')) {
    const open = part.indexOf('(')
    count += 1
    if (open < 0) continue
    const inner = parseInnerOptions(part.slice(open + 1, part.lastIndexOf(')'))).$expand
    if (inner !== undefined) count += countExpands(inner)
  }
  return count
}

const innerQuery = (
  call: Call,
  table: Table,
  options: Options,
  depth: number,
): { readonly query: Query; readonly present: (row: Row) => JsonRow; readonly context: string } => {
  const { $expand, ...rest } = options
  const aliasFree = Object.fromEntries(Object.entries(call.options).filter(([name]) => name.startsWith('@')))
  const query = parseQuery({ ...call, options: { ...aliasFree, ...rest } }, table)
  const nested = $expand === undefined ? [] : parseExpand(call, table, $expand, depth + 1)
  const present = createPresenter(call, table, selectColumns(table, query.columns))
  const names = [
    ...(query.columns?.map(({ property }) => property) ?? []),
    ...nested.map(({ context }) => context),
  ]
  return {
    query,
    context: names.join(','),
    present(row) {
      const json = present(row)
      for (const expand of nested) expand.add(row, json)
      return json
    },
  }
}

function expandLookup(
  call: Call,
  table: Table,
  name: string,
  reference: boolean,
  options: Options,
  depth: number,
): Expand {
  const navigation = table.navigations.get(name)
  const { schema, store } = call.environment
  if (navigation === undefined) throw unknownProperty(name, table.logicalName)
  if (Object.keys(options).some((option) => !['$select', '$expand'].includes(option)))
    throw badRequest(nestedOnly)
  const { property } = navigation.column
  // `ownerid` leads to a user or a team, whichever it is; other lookups have one property per target.
  const target = schema.tables.get(navigation.target.table)
  const inner = target === undefined ? undefined : innerQuery(call, target, options, depth)
  const related = (row: Row): { readonly table: Table; readonly row: Row } | undefined => {
    const held = row[tableOf(property)]
    if (navigation.column.type !== 'owner' && held !== navigation.target.table) return undefined
    const from = schema.tables.get(String(held))
    const found = from && store.table(from.logicalName).get(String(row[property]))
    return from === undefined || found === undefined ? undefined : { table: from, row: found }
  }
  return {
    name,
    context: reference ? `${name},${name}/$ref()` : `${name}(${inner?.context ?? ''})`,
    add(row, json) {
      const found = related(row)
      if (reference) {
        json[property] = row[property] ?? null
        json[name] =
          found === undefined
            ? null
            : { '@odata.id': `${call.root}/${found.table.entitySetName}(${String(row[property])})` }
        return
      }
      if (found === undefined || inner === undefined) json[name] = null
      else if (found.table === target) json[name] = inner.present(found.row)
      else json[name] = innerQuery(call, found.table, options, depth).present(found.row)
    },
  }
}

function expandCollection(
  call: Call,
  table: Table,
  name: string,
  reference: boolean,
  options: Options,
  depth: number,
): Expand {
  const { schema, store } = call.environment
  const related = relatedBy(schema, store, table, name)
  if (reference) throw badRequest(refOnCollection)
  if (depth > 0 && Object.keys(options).some((option) => option !== '$select' && option !== '$filter')) {
    throw badRequest(nestedOnly)
  }
  const manyToMany = schema.manyToManyOf(table.logicalName, name) !== undefined
  if (depth > 0 && manyToMany) throw badRequest(nestedOnly)
  const inner = innerQuery(call, related.table, options, depth)
  const { filter, order, top } = inner.query
  return {
    name,
    context: `${name}(${inner.context})`,
    add(row, json) {
      let rows = related.of(row).filter((other) => mayRead(call, related.table, other))
      if (filter !== undefined) rows = rows.filter(filter)
      if (order !== undefined) rows = [...rows].sort(order)
      json[name] = rows.slice(0, Math.min(top ?? relatedRowLimit, relatedRowLimit)).map(inner.present)
      // Recorded answers have no link behind a many-to-many collection.
      if (manyToMany) return
      json[`${name}@odata.nextLink`] =
        `${call.root}/${table.entitySetName}(${String(row[table.primaryId])})/${name}${innerSearch(options)}`
    },
  }
}

const innerSearch = (options: Options): string => {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
