import { matchKeyOfDynamics } from '@dynacamp/core'
import type { WireRow } from '@dynacamp/dynamics-client'
import type { CompiledEntity, FieldValue } from '@dynacamp/mapping-dsl'
import type { RecordKind, StoredRecord } from '../state/state-store.ts'
import { tableOf } from './tables.ts'

/** The columns a run reads: what is mapped, and what tells whether the row is active and when it changed. */
export const columnsRead = (entity: CompiledEntity): readonly string[] => [
  ...new Set([...entity.fields.map((field) => field.dynamics), 'statecode', 'modifiedon']),
]

/** The rows of an entity, as the state names them. */
export const rowKind = (entity: CompiledEntity): RecordKind => ({ side: 'dynamics', entity: entity.entity })

const scalar = (value: unknown): FieldValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

/** A row as the state keeps it: mapped columns only. */
export const rowRecord = (entity: CompiledEntity, row: WireRow): StoredRecord => {
  const fields = Object.fromEntries(entity.fields.map(({ dynamics }) => [dynamics, scalar(row[dynamics])]))
  const key = matchKeyOfDynamics(entity, fields)
  return {
    ...rowKind(entity),
    id: String(row[tableOf(entity.entity).primaryId]),
    fields,
    version: row['@odata.etag'] ?? '',
    updatedOn: typeof row.modifiedon === 'string' ? row.modifiedon : null,
    // 0 is "active" of contacts and accounts, "open" of leads and opportunities.
    active: row.statecode === 0 || row.statecode === undefined || row.statecode === null,
    tags: [],
    keys: key === undefined ? [] : [key],
  }
}
