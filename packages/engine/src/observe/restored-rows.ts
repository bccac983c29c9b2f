import { odata } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { chunks } from '../chunks.ts'
import { inState, type SyncContext } from '../context.ts'
import type { StoredRecord } from '../state/state-store.ts'
import { columnsRead, rowKind, rowRecord } from './row-record.ts'
import { tableOf } from './tables.ts'

/** Rows that one call looks for: a filter takes 500 conditions, and a URL 32,768 characters. */
const idsPerCall = 100

/**
 * Which rows of a page's deletions are there all the same. The feed tells rows first and deletions after them, whatever came last: of a
 * row that was deleted and restored since the delta link it tells both (docs/discoveries/dynamics-delta-tokens.md). A call per hundred deletions
 * of rows that are known, and none where there are none.
 */
export const restoredAmong = async (
  context: SyncContext,
  entity: CompiledEntity,
  { deleted, seen }: { readonly deleted: readonly string[]; readonly seen: readonly StoredRecord[] },
): Promise<readonly StoredRecord[]> => {
  const { dynamics, signal } = context
  const table = tableOf(entity.entity)
  const stored = await inState(context, ({ records }) => records.find(rowKind(entity), deleted))
  const isKnown = new Set([...stored, ...seen].map(({ id }) => id))
  const found: StoredRecord[] = []
  for (const ids of chunks(
    deleted.filter((id) => isKnown.has(id)),
    idsPerCall,
  )) {
    const filter = odata`Microsoft.Dynamics.CRM.In(PropertyName=${table.primaryId},PropertyValues=${ids})`
    const options = { select: columnsRead(entity), ...entity.annotations, ...(signal && { signal }) }
    for await (const row of dynamics.table(table).list({ ...options, filter }))
      found.push(rowRecord(entity, row))
  }
  return found
}
