import type { Answer } from '../../shared/exchange.ts'
import { isObject, jsonBody, noContent } from '../call.ts'
import { badPayload, DataverseError, doesNotExist } from '../dataverse-error.ts'
import type { Table } from '../schema/table.ts'
import { demandOn } from '../security/access.ts'
import type { Row } from '../store/table-store.ts'
import type { WriteCall } from '../write/requests.ts'
import { pointTo, updateRow } from '../write/rows.ts'

const mergeable = new Set(['account', 'contact', 'lead', 'incident'])

const refused = (code: string, name: string, message: string): DataverseError =>
  new DataverseError(code === '0x80045301' ? 403 : 400, code, name, message)

/** The row that `{"@odata.type": "Microsoft.Dynamics.CRM.contact", "contactid": "…"}` means. */
function rowIn(call: WriteCall, value: unknown): { readonly table: Table; readonly row: Row } {
  const type = isObject(value) ? String(value['@odata.type'] ?? '') : ''
  const table = call.environment.schema.tables.get(type.replace(/^#?Microsoft\.Dynamics\.CRM\./, ''))
  if (!isObject(value) || table === undefined) throw badPayload('Merge', `The type '${type}' is not known.`)
  const id = String(value[table.primaryId] ?? '').toLowerCase()
  const row = call.environment.store.table(table.logicalName).get(id)
  if (row === undefined) throw doesNotExist(table.schemaName, id)
  return { table, row }
}

/** `POST /Merge`: the subordinate stays as an inactive row that names its master; its children move. */
export function merge(call: WriteCall): Answer {
  const body = jsonBody(call)
  const { environment } = call
  const { table, row: target } = rowIn(call, body.Target)
  const { table: otherTable, row: subordinate } = rowIn(call, body.Subordinate)
  const [targetId, subordinateId] = [
    String(target[table.primaryId]),
    String(subordinate[otherTable.primaryId]),
  ]
  if (table !== otherTable || !mergeable.has(table.logicalName)) {
    throw refused('0x80040203', 'InvalidArgument', 'Invalid argument.')
  }
  if (targetId === subordinateId) {
    throw refused(
      '0x80045305',
      'MergeEntitiesIdentical',
      'Merge cannot be performed: master and sub-entities are identical.',
    )
  }
  if (target.statecode !== 0 || subordinate.statecode !== 0) {
    throw refused(
      '0x80045304',
      'MergeEntitiesNotActive',
      'Merge cannot be performed on entity that is inactive.',
    )
  }
  if (target._masterid_value === subordinateId) {
    throw refused('0x80045300', 'MergeCyclicalParentingError', 'Merge could create cyclical parenting.')
  }
  if (call.caller.depth('prvMerge') === undefined) {
    throw refused(
      '0x80045301',
      'MergeSecurityError',
      'Merge cannot be performed: Caller does not have the privilege to merge.',
    )
  }
  for (const row of [target, subordinate]) demandOn(call, 'Write', table, row)
  if (isObject(body.UpdateContent)) updateRow(call, table, target, body.UpdateContent)
  moveChildren(call, table, targetId, subordinateId)
  const inactive = table.columns.get('statecode')?.options?.find(({ value }) => value !== 0)?.value ?? 1
  const state = table.logicalName === 'lead' ? 2 : inactive
  updateRow(
    { environment, caller: call.caller },
    table,
    environment.store.table(table.logicalName).get(subordinateId) ?? subordinate,
    { statecode: state, merged: true, _masterid_value: targetId },
    { trusted: true },
  )
  return noContent()
}

/** Children of the loser go to the winner; who is the winner's own loser or itself stays where it is. */
function moveChildren(call: WriteCall, table: Table, targetId: string, subordinateId: string): void {
  const { schema, store } = call.environment
  for (const collection of schema.collections(table.logicalName).values()) {
    const child = schema.tables.get(collection.table)
    if (
      child === undefined ||
      collection.column.logicalName === 'masterid' ||
      child.logicalName === 'activitypointer'
    )
      continue
    for (const id of store.table(child.logicalName).matching(collection.column.property, subordinateId)) {
      const row = store.table(child.logicalName).get(id)
      if (row === undefined || id === targetId || !collection.column.validForUpdate) continue
      pointTo(call, child, row, collection.column, { table, id: targetId })
    }
  }
}
