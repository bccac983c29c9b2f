import type { Answer } from '../../shared/exchange.ts'
import { own } from '../../shared/own.ts'
import { type Call, noContent, odataAnswer } from '../call.ts'
import { DataverseError, doesNotExist, unknownProperty, unknownSegment } from '../dataverse-error.ts'
import { relatedBy } from '../odata/filter.ts'
import { refuseUnknownOptions } from '../odata/url.ts'
import { isLookup } from '../schema/schema.ts'
import type { Table } from '../schema/table.ts'
import { demand, mayRead, reaches } from '../security/access.ts'
import { type Row, tableOf } from '../store/table-store.ts'
import { expandsOf } from './expand.ts'
import { findRow, notFoundByKey, parseKey } from './key.ts'
import { contextOf, count, list, type Source } from './list.ts'
import { createPresenter, etagOf, type JsonRow, selectColumns } from './present.ts'
import { parseQuery } from './query.ts'

/** The row that a path segment addresses; throws what the service says when there is none, or none to be seen. */
export function addressedRow(call: Call, table: Table, key: string): Row {
  const parsed = parseKey(table, key)
  const row = findRow(call.environment, table, parsed)
  if (row === undefined) {
    throw parsed.kind === 'id' ? doesNotExist(table.schemaName, parsed.id) : notFoundByKey(table)
  }
  return row
}

/** As `addressedRow`, for a caller who wants to read it. */
function readableRow(call: Call, table: Table, key: string): Row {
  demand(call, 'Read', table)
  const row = addressedRow(call, table, key)
  if (reaches(call, 'Read', table, row)) return row
  const id = String(row[table.primaryId])
  if (call.environment.behaviour.readWithoutAccess === 404) throw doesNotExist(table.schemaName, id)
  throw new DataverseError(
    403,
    '0x80040220',
    'PrivilegeDenied',
    `Principal with id ${call.caller.userId} does not have ReadAccess right(s) for record with id ${id} of entity ${table.logicalName}.`,
  )
}

/** A row as JSON with `@odata.context`, as single reads and representations have it. */
export function entityJson(call: Call, table: Table, row: Row, withExpand = true): JsonRow {
  const query = { ...parseQuery(call, table), expands: withExpand ? expandsOf(call, table) : [] }
  const json: JsonRow = {
    '@odata.context': `${contextOf(call, table, query)}/$entity`,
    ...createPresenter(call, table, selectColumns(table, query.columns))(row),
  }
  for (const expand of query.expands) expand.add(row, json)
  return json
}

/** `GET /contacts(<key>)` */
export function getRow(call: Call, table: Table, key: string): Answer {
  refuseUnknownOptions(call.options)
  const row = readableRow(call, table, key)
  // Only where nothing but the row itself decides the answer: no related rows, no labels.
  const conditional = call.options.$expand === undefined && call.prefer.annotations.length === 0
  if (conditional && call.headers.get('if-none-match') === etagOf(row)) return { status: 304 }
  return odataAnswer(call, 200, entityJson(call, table, row), { etag: etagOf(row) })
}

/** `GET /contacts(<key>)/<property>[/$value | /$ref | /$count]` */
export function getBehind(
  call: Call,
  table: Table,
  key: string,
  name: string,
  suffix: string | undefined,
): Answer {
  const row = readableRow(call, table, key)
  const column = table.properties.get(name)
  if (column !== undefined) return getProperty(call, table, row, name, suffix)
  if (table.navigations.has(name)) return getTarget(call, table, row, name, suffix)
  const { schema, store } = call.environment
  const related = relatedBy(schema, store, table, name)
  const rows: Source = function* (after) {
    const ids = new Set(related.of(row).map((other) => String(other[related.table.primaryId])))
    for (const other of store.table(related.table.logicalName).inKeyOrder(after)) {
      if (ids.has(String(other[related.table.primaryId]))) yield other
    }
  }
  if (suffix === '$count') return count(call, related.table, rows)
  if (suffix === '$ref') {
    return odataAnswer(call, 200, {
      '@odata.context': `${call.root}/$metadata#Collection($ref)`,
      value: [...rows()]
        .filter((other) => mayRead(call, related.table, other))
        .map((other) => ({
          '@odata.id': `${call.root}/${related.table.entitySetName}(${String(other[related.table.primaryId])})`,
        })),
    })
  }
  return list(call, related.table, rows)
}

function getProperty(call: Call, table: Table, row: Row, name: string, suffix: string | undefined): Answer {
  const value = own(row, name)
  if (value === undefined) return noContent()
  if (suffix === '$value') {
    return {
      status: 200,
      headers: { 'content-type': 'text/plain', 'odata-version': '4.0' },
      body: String(value),
    }
  }
  if (suffix !== undefined) throw unknownSegment(suffix)
  return odataAnswer(call, 200, {
    '@odata.context': `${call.root}/$metadata#${table.entitySetName}(${String(row[table.primaryId])})/${name}`,
    value,
  })
}

function getTarget(call: Call, table: Table, row: Row, name: string, suffix: string | undefined): Answer {
  const navigation = table.navigations.get(name)
  if (navigation === undefined || !isLookup(navigation.column)) throw unknownProperty(name, table.logicalName)
  const { property } = navigation.column
  const id = row[property]
  const target = call.environment.schema.tables.get(String(row[tableOf(property)] ?? ''))
  const wanted = navigation.column.type === 'owner' || target?.logicalName === navigation.target.table
  if (id === undefined || target === undefined || !wanted) return noContent()
  if (suffix === '$ref') {
    return odataAnswer(call, 200, {
      '@odata.context': `${call.root}/$metadata#$ref`,
      '@odata.id': `${call.root}/${target.entitySetName}(${String(id)})`,
    })
  }
  if (suffix !== undefined) return getBehind(call, target, String(id), suffix, undefined)
  return getRow(call, target, String(id))
}
