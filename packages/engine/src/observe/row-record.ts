import { matchKeysOfDynamics } from '@dynacamp/core'
import type { WireRow } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { RecordKind, StoredRecord } from '../state/state-store.ts'
import { personKeys } from './person-keys.ts'
import { successionKeys } from './succession-keys.ts'
import { tableOf } from './tables.ts'

/** The columns a run reads: what the definition looks at, and what tells whether the row is active and when it changed. */
export const columnsRead = (entity: CompiledEntity): readonly string[] => [
  ...new Set([...entity.columns, 'statecode', 'modifiedon']),
]

/** The rows of an entity, as the state names them. */
export const rowKind = (entity: CompiledEntity): RecordKind => ({ side: 'dynamics', entity: entity.entity })

/** A row as the state keeps it: only what the definition looks at. */
export const rowRecord = (entity: CompiledEntity, row: WireRow): StoredRecord => {
  const fields = entity.readRow(row)
  return {
    ...rowKind(entity),
    id: String(row[tableOf(entity.entity).primaryId]),
    fields,
    version: row['@odata.etag'] ?? '',
    updatedOn: typeof row.modifiedon === 'string' ? row.modifiedon : null,
    // 0 is "active" of contacts and accounts, "open" of leads and opportunities.
    active: row.statecode === 0 || row.statecode === undefined || row.statecode === null,
    tags: [],
    keys: [
      ...matchKeysOfDynamics(entity, fields),
      ...successionKeys(entity.entity, row),
      ...personKeys(entity.entity, row),
    ],
  }
}
