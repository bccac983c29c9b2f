import { DataverseError } from '../dataverse-error.ts'
import type { Table } from '../schema/table.ts'
import type { Row } from '../store/table-store.ts'
import type { Draft } from './computed.ts'

const invalidPair = (table: Table, id: string, status: unknown, state: number): DataverseError => {
  const label = table.columns.get('statecode')?.options?.find(({ value }) => value === state)?.label ?? state
  return new DataverseError(
    400,
    '0x80048408',
    'InvalidStateCodeStatusCode',
    `${String(status)} is not a valid status code for state code ${table.schemaName}State.${label} on ${table.logicalName} with Id ${id}.`,
  )
}

const defaultStatus = (table: Table, state: number): number | undefined =>
  table.columns.get('statuscode')?.options?.find((option) => option.state === state)?.value

const stateOf = (table: Table, status: unknown): number | undefined =>
  table.columns.get('statuscode')?.options?.find((option) => option.value === status)?.state

/** A new row is in its first state: `statecode` cannot be chosen, and a status of another state is an error. */
export function stateOnCreate(table: Table, id: string, draft: Draft, trusted: boolean): void {
  if (!table.columns.has('statecode')) return
  const state = trusted && typeof draft.statecode === 'number' ? draft.statecode : 0
  draft.statecode = state
  draft.statuscode ??= defaultStatus(table, state)
  if (stateOf(table, draft.statuscode) !== state) throw invalidPair(table, id, draft.statuscode, state)
}

/** What an update makes of state and status: either one alone brings the other along. */
export function stateOnUpdate(table: Table, before: Row, draft: Draft, changed: ReadonlySet<string>): void {
  if (!table.columns.has('statecode')) return
  const id = String(before[table.primaryId])
  if (changed.has('statecode') && !changed.has('statuscode')) {
    if (draft.statecode !== before.statecode) draft.statuscode = defaultStatus(table, Number(draft.statecode))
  } else if (changed.has('statuscode') && !changed.has('statecode')) {
    draft.statecode = stateOf(table, draft.statuscode) ?? draft.statecode
  } else if (changed.has('statuscode') && stateOf(table, draft.statuscode) !== draft.statecode) {
    throw invalidPair(table, id, draft.statuscode, Number(draft.statecode))
  }
}

const alwaysWritable = new Set(['statecode', 'statuscode', '_ownerid_value', '_ownerid_value@table'])

/** Rows that are no longer active take nothing but a new state, or what comes with one. */
export function refuseInactive(table: Table, before: Row, draft: Draft, changed: ReadonlySet<string>): void {
  const active = before.statecode === undefined || before.statecode === 0 || before.statecode === 3
  const reopened = draft.statecode === 0
  if (active || reopened || [...changed].every((name) => alwaysWritable.has(name))) return
  throw new DataverseError(
    400,
    '0x80040230',
    'CannotUpdateBecauseItIsInactive',
    `The object cannot be updated because it is inactive. Entity '${table.logicalName}' with Id = ${String(before[table.primaryId])}.`,
  )
}
