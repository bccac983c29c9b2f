import type { Fields } from '@dynacamp/mapping-dsl'
import type { Selectable } from 'kysely'
import { fieldsToText, fromText } from './json.ts'
import { endId, endOf, isDirty, linkEntities } from './settle.ts'
import type { LinkState, RecordKind, Side, StoredLink } from './state-store.ts'
import type { StateDatabase, StateTables } from './tables.ts'

const sides: readonly Side[] = ['dynamics', 'activeCampaign']

const toLink = (row: Selectable<StateTables['dynacamp_link']>): StoredLink => ({
  entity: row.entity,
  id: row.id,
  dynamicsId: row.dynamics_id,
  activeCampaignId: row.active_campaign_id,
  base: {
    dynamics: fromText<Fields>(row.base_dynamics),
    activeCampaign: fromText<Fields>(row.base_active_campaign),
  },
})

const toRow = (tenant: string, link: StoredLink) => ({
  tenant,
  entity: link.entity,
  id: link.id,
  dynamics_id: link.dynamicsId,
  active_campaign_id: link.activeCampaignId,
  base_dynamics: fieldsToText(link.base.dynamics),
  base_active_campaign: fieldsToText(link.base.activeCampaign),
})

/** Links in SQL. */
export const sqlLinks = (db: StateDatabase, tenant: string): LinkState => {
  const of = async (kind: RecordKind, ids: readonly string[]): Promise<readonly StoredLink[]> => {
    if (ids.length === 0) return []
    const rows = await db
      .selectFrom('dynacamp_link')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('entity', 'in', linkEntities(kind))
      .where(kind.side === 'dynamics' ? 'dynamics_id' : 'active_campaign_id', 'in', ids)
      .orderBy('id')
      .execute()
    return rows.map(toLink)
  }

  const setDirty = async (kind: RecordKind, ids: readonly string[], dirty: 0 | 1): Promise<void> => {
    if (ids.length === 0) return
    await db
      .updateTable('dynacamp_record')
      .set({ dirty })
      .where('tenant', '=', tenant)
      .where('entity', '=', kind.entity)
      .where('side', '=', kind.side)
      .where('id', 'in', ids)
      .execute()
  }

  const settle = async (links: readonly StoredLink[]): Promise<void> => {
    for (const [entity, group] of Map.groupBy(links, (link) => link.entity)) {
      for (const side of sides) {
        const kind = endOf(entity, side)
        const ids = [...new Set(group.map((link) => endId(link, side)))]
        const linked = Map.groupBy(await of(kind, ids), (link) => endId(link, side))
        const rows = await db
          .selectFrom('dynacamp_record')
          .select(['id', 'fields'])
          .where('tenant', '=', tenant)
          .where('entity', '=', kind.entity)
          .where('side', '=', side)
          .where('id', 'in', ids)
          .execute()
        const dirty = rows.filter((row) =>
          isDirty(fromText<Fields>(row.fields), side, linked.get(row.id) ?? []),
        )
        const dirtyIds = new Set(dirty.map((row) => row.id))
        await setDirty(kind, [...dirtyIds], 1)
        await setDirty(
          kind,
          ids.filter((id) => !dirtyIds.has(id)),
          0,
        )
      }
    }
  }

  return {
    of,

    async save(links) {
      if (links.length === 0) return
      await db
        .insertInto('dynacamp_link')
        .values(links.map((link) => toRow(tenant, link)))
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'entity', 'id']).doUpdateSet((row) => ({
            dynamics_id: row.ref('excluded.dynamics_id'),
            active_campaign_id: row.ref('excluded.active_campaign_id'),
            base_dynamics: row.ref('excluded.base_dynamics'),
            base_active_campaign: row.ref('excluded.base_active_campaign'),
          })),
        )
        .execute()
      await settle(links)
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
      await settle(rows.map(toLink))
    },
  }
}
