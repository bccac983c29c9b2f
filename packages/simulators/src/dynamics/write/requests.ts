import type { Answer } from '../../shared/exchange.ts'
import { type Call, jsonBody, noContent, odataAnswer, preferenceApplied } from '../call.ts'
import { badRequest, duplicateRecord, versionMismatch } from '../dataverse-error.ts'
import { findRow, parseKey } from '../read/key.ts'
import { etagOf } from '../read/present.ts'
import { addressedRow, entityJson } from '../read/single.ts'
import { isLookup } from '../schema/schema.ts'
import type { Table } from '../schema/table.ts'
import { demand } from '../security/access.ts'
import type { Row } from '../store/table-store.ts'
import { resolveReference } from './body.ts'
import { associate, createRow, deleteRow, disassociate, pointTo, updateRow, type WriteRules } from './rows.ts'

/** A write on its way, inside a changeset perhaps. */
export interface WriteCall extends Call {
  readonly resolveContentId?: (reference: string) => string
}

export const rulesOf = (call: WriteCall): WriteRules => ({
  detectDuplicates: call.headers.get('mscrm.suppressduplicatedetection')?.toLowerCase() === 'false',
  ...(call.resolveContentId === undefined ? {} : { resolveContentId: call.resolveContentId }),
})

const entityUrl = (call: Call, table: Table, key: string): string =>
  `${call.root}/${table.entitySetName}(${key})`

/** What a write answers: nothing but the address, or the row when the caller prefers it. */
function written(
  call: Call,
  table: Table,
  row: Row,
  created: boolean,
  key: string,
  withExpand: boolean,
): Answer {
  const tag = { etag: etagOf(row) }
  if (!call.prefer.representation) {
    const url = entityUrl(call, table, key)
    return noContent({
      ...(created ? { location: url } : {}),
      'odata-entityid': url,
      ...preferenceApplied(call.prefer),
    })
  }
  return odataAnswer(call, created ? 201 : 200, entityJson(call, table, row, withExpand), tag)
}

/** `POST /contacts` */
export function create(call: WriteCall, table: Table): Answer {
  const row = createRow(call, table, jsonBody(call), rulesOf(call))
  return written(call, table, row, true, String(row[table.primaryId]), true)
}

/** Throws unless `If-Match` fits the row. */
function demandVersion(call: Call, row: Row): void {
  const tag = call.headers.get('if-match')
  if (tag !== null && tag !== '*' && tag !== etagOf(row)) throw versionMismatch()
}

/** `PATCH /contacts(<key>)`: an update, or an upsert when no condition forbids it. */
export function patch(call: WriteCall, table: Table, keyText: string): Answer {
  const key = parseKey(table, keyText)
  const row = findRow(call.environment, table, key)
  const body = jsonBody(call)
  if (row !== undefined) {
    if (call.headers.get('if-none-match') === '*') throw duplicateRecord()
    demandVersion(call, row)
    // Key columns of the URL are not changed by an update that sends others.
    const kept = key.kind === 'alternate' ? without(body, Object.keys(key.values)) : body
    return written(call, table, updateRow(call, table, row, kept, rulesOf(call)), false, keyText, false)
  }
  if (call.headers.get('if-match') !== null) addressedRow(call, table, keyText)
  const created =
    key.kind === 'id'
      ? createRow(call, table, without(body, [table.primaryId]), { ...rulesOf(call), id: key.id })
      : createRow(call, table, { ...keyColumns(call, table, key.values), ...body }, rulesOf(call))
  return written(call, table, created, true, keyText, false)
}

export const without = (
  body: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))

/** Values of an alternate key as a body has them: lookups as bindings. */
function keyColumns(
  call: Call,
  table: Table,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const column = table.properties.get(name)
      const target = column !== undefined && isLookup(column) ? column.targets?.[0] : undefined
      const set = call.environment.schema.tables.get(target?.table ?? '')?.entitySetName
      return target === undefined
        ? [name, value]
        : [`${target.navigation}@odata.bind`, `/${set}(${String(value)})`]
    }),
  )
}

/** `DELETE /contacts(<key>)` */
export function remove(call: Call, table: Table, key: string): Answer {
  demand(call, 'Delete', table)
  const row = addressedRow(call, table, key)
  demandVersion(call, row)
  deleteRow(call, table, row)
  return noContent()
}

/** `PUT` or `DELETE /contacts(<key>)/jobtitle` */
export function writeProperty(call: WriteCall, table: Table, key: string, name: string): Answer {
  const row = addressedRow(call, table, key)
  demandVersion(call, row)
  const value = call.method === 'DELETE' ? null : (jsonBody(call).value ?? null)
  const updated = updateRow(call, table, row, { [name]: value }, rulesOf(call))
  if (call.prefer.representation) return odataAnswer(call, 200, entityJson(call, table, updated, false))
  return noContent()
}

/** `POST`, `PUT` or `DELETE /accounts(<key>)/<navigation>[(<key>)]/$ref` */
export function writeReference(
  call: WriteCall,
  table: Table,
  key: string,
  name: string,
  otherKey: string | undefined,
): Answer {
  const row = addressedRow(call, table, key)
  const id = String(row[table.primaryId])
  const navigation = table.navigations.get(name)
  const rules = call.resolveContentId === undefined ? {} : { resolveContentId: call.resolveContentId }
  if (call.method !== 'DELETE') {
    const target = jsonBody(call)['@odata.id']
    if (typeof target !== 'string') throw badRequest('The payload of a $ref request needs an @odata.id.')
    const reference = resolveReference(call.environment, target, rules)
    if (navigation === undefined) associate(call, table, id, name, reference)
    else pointTo(call, table, row, navigation.column, reference)
    return noContent()
  }
  if (navigation !== undefined) {
    pointTo(call, table, row, navigation.column, undefined)
    return noContent()
  }
  const given = call.options.$id
  const otherId =
    given === undefined ? parseIdOf(otherKey) : resolveReference(call.environment, given, rules).id
  disassociate(call, table, id, name, otherId)
  return noContent()
}

const parseIdOf = (key: string | undefined): string => {
  if (key === undefined)
    throw badRequest('The row to take away is not named: give its id in the path or in $id.')
  return key.trim().toLowerCase()
}
