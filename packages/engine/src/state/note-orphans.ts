import { chunks } from '../chunks.ts'
import { linkEntities } from './ends.ts'
import { perStatement } from './per-statement.ts'
import type { RecordKind, StoredLink } from './state-store.ts'
import type { StateDatabase } from './tables.ts'

/** These links have lost both ends. */
export const noteOrphans = async (
  db: StateDatabase,
  tenant: string,
  links: readonly StoredLink[],
): Promise<void> => {
  for (const [entity, group] of Map.groupBy(links, (link) => link.entity)) {
    for (const some of chunks(group, perStatement)) {
      await db
        .updateTable('dynacamp_link')
        .set({ orphan: 1 })
        .where('tenant', '=', tenant)
        .where('entity', '=', entity)
        .where(
          'id',
          'in',
          some.map(({ id }) => id),
        )
        .execute()
    }
  }
}

/** These records are there again: no link of theirs has lost both ends. */
export const noteThere = async (
  db: StateDatabase,
  tenant: string,
  kind: RecordKind,
  ids: readonly string[],
): Promise<void> => {
  if (ids.length === 0) return
  await db
    .updateTable('dynacamp_link')
    .set({ orphan: 0 })
    .where('tenant', '=', tenant)
    .where('entity', 'in', linkEntities(kind))
    .where(kind.side === 'dynamics' ? 'dynamics_id' : 'active_campaign_id', 'in', ids)
    // No literal: SQLite would go through all orphans by their index, instead of to those of these records.
    .where('orphan', '=', 1)
    .execute()
}
