import { chunks } from '../chunks.ts'
import { endId, endOf } from './ends.ts'
import { perStatement } from './per-statement.ts'
import type { Side, StoredLink } from './state-store.ts'
import type { StateDatabase } from './tables.ts'

/** The ends of these links on these sides are looked at again; says which links have none of them. */
export const touchEnds = async (
  db: StateDatabase,
  tenant: string,
  links: readonly StoredLink[],
  sides: readonly Side[],
): Promise<readonly StoredLink[]> => {
  const withEnds = new Set<StoredLink>()
  for (const [entity, group] of Map.groupBy(links, (link) => link.entity)) {
    for (const side of sides) {
      const kind = endOf(entity, side)
      for (const some of chunks(group, perStatement)) {
        const touched = await db
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
          .returning('id')
          .execute()
        const there = new Set(touched.map(({ id }) => id))
        for (const link of some) if (there.has(endId(link, side))) withEnds.add(link)
      }
    }
  }
  return links.filter((link) => !withEnds.has(link))
}
