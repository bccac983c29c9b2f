import type { Fields } from '@dynacamp/mapping-dsl'
import type { Selectable } from 'kysely'
import { byCodeUnits } from '../schema/by-name.ts'
import { linkEntities } from './ends.ts'
import { fieldsToText, fromText } from './json.ts'
import { lastOfEach } from './last-of-each.ts'
import { noteOrphans } from './note-orphans.ts'
import type { Seal } from './seal.ts'
import type { LinkState, RecordKind, Side, StoredLink } from './state-store.ts'
import type { StateDatabase, StateTables } from './tables.ts'
import { touchEnds } from './touch-ends.ts'
import { yes } from './yes.ts'

const sides: readonly Side[] = ['dynamics', 'activeCampaign']

/** Links in SQL. */
export const sqlLinks = (db: StateDatabase, tenant: string, seal: Seal): LinkState => {
  const toLink = (row: Selectable<StateTables['dynacamp_link']>): StoredLink => ({
    entity: row.entity,
    id: row.id,
    dynamicsId: row.dynamics_id,
    activeCampaignId: row.active_campaign_id,
    base: {
      dynamics: fromText<Fields>(seal.open('base', row.base_dynamics)),
      activeCampaign: fromText<Fields>(seal.open('base', row.base_active_campaign)),
    },
  })

  const toRow = (link: StoredLink) => ({
    tenant,
    entity: link.entity,
    id: link.id,
    dynamics_id: link.dynamicsId,
    active_campaign_id: link.activeCampaignId,
    base_dynamics: seal.close('base', fieldsToText(link.base.dynamics)),
    base_active_campaign: seal.close('base', fieldsToText(link.base.activeCampaign)),
    orphan: 0,
  })

  const of = async (kind: RecordKind, ids: readonly string[]): Promise<readonly StoredLink[]> => {
    if (ids.length === 0) return []
    const rows = await db
      .selectFrom('dynacamp_link')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('entity', 'in', linkEntities(kind))
      .where(kind.side === 'dynamics' ? 'dynamics_id' : 'active_campaign_id', 'in', ids)
      .execute()
    // Sorted here: to have them sorted, SQLite takes the index by link id, and with it all links of the entity.
    return rows.map(toLink).toSorted((one, other) => byCodeUnits(one.id, other.id))
  }

  return {
    of,

    async save(links) {
      if (links.length === 0) return
      const stored = lastOfEach(links, ({ entity, id }) => `${entity} ${id}`)
      await db
        .insertInto('dynacamp_link')
        .values(stored.map(toRow))
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'entity', 'id']).doUpdateSet((row) => ({
            dynamics_id: row.ref('excluded.dynamics_id'),
            active_campaign_id: row.ref('excluded.active_campaign_id'),
            base_dynamics: row.ref('excluded.base_dynamics'),
            base_active_campaign: row.ref('excluded.base_active_campaign'),
            orphan: row.ref('excluded.orphan'),
          })),
        )
        .execute()
      const without = new Set(await touchEnds(db, tenant, links, sides))
      await noteOrphans(
        db,
        tenant,
        stored.filter((link) => without.has(link)),
      )
    },

    async remove(entity, ids) {
      if (ids.length === 0) return
      const rows = await db
        .deleteFrom('dynacamp_link')
        .where('tenant', '=', tenant)
        .where('entity', '=', entity)
        .where('id', 'in', ids)
        .returningAll()
        .execute()
      await touchEnds(db, tenant, rows.map(toLink), sides)
    },

    async orphans(entity, { after, limit }) {
      const rows = await db
        .selectFrom('dynacamp_link')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('entity', '=', entity)
        .where('orphan', '=', yes)
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toLink)
    },

    async count(entity) {
      const row = await db
        .selectFrom('dynacamp_link')
        .select((select) => select.fn.countAll<number>().as('links'))
        .where('tenant', '=', tenant)
        .where('entity', '=', entity)
        .executeTakeFirstOrThrow()
      return Number(row.links)
    },
  }
}
