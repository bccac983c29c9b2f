import { chunks } from '../chunks.ts'
import { endId, endOf } from './ends.ts'
import { perStatement } from './per-statement.ts'
import type { Side, StoredLink } from './state-store.ts'
import type { StateDatabase } from './tables.ts'

/** The ends of these links on these sides are looked at again. */
export const touchEnds = async (
  db: StateDatabase,
  tenant: string,
  links: readonly StoredLink[],
  sides: readonly Side[],
): Promise<void> => {
  for (const [entity, group] of Map.groupBy(links, (link) => link.entity)) {
    for (const side of sides) {
      const kind = endOf(entity, side)
      for (const some of chunks(group, perStatement)) {
        await db
          .updateTable('dynacamp_record')
          .set({ dirty: 1 })
          .where('tenant', '=', tenant)
          .where('entity', '=', kind.entity)
          .where('side', '=', side)
          .where(
            'id',
            'in',
            some.map((link) => endId(link, side)),
          )
          .execute()
      }
    }
  }
}
