import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The tables as this migration finds them, as far as it touches rows. */
interface Tables {
  dynacamp_link: {
    tenant: string
    entity: string
    id: string
    dynamics_id: string
    active_campaign_id: string
    orphan: number
  }
  dynacamp_record: { tenant: string; entity: string; side: string; id: string }
}

interface Links {
  readonly tenant: string
  readonly entity: string
}

const pageSize = 500

const idsThere = async (
  db: Kysely<Tables>,
  { tenant, entity }: Links,
  side: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const found = await db
    .selectFrom('dynacamp_record')
    .select('id')
    .where('tenant', '=', tenant)
    .where('entity', '=', side === 'activeCampaign' && entity === 'leads' ? 'contacts' : entity)
    .where('side', '=', side)
    .where('id', 'in', ids)
    .execute()
  return new Set(found.map(({ id }) => id))
}

/** Page by page: in one statement PostgreSQL can take hours for it while its statistics are young. */
const markOrphans = async (db: Kysely<Tables>, of: Links): Promise<void> => {
  for (let after = ''; ; ) {
    const links = await db
      .selectFrom('dynacamp_link')
      .select(['id', 'dynamics_id', 'active_campaign_id'])
      .where('tenant', '=', of.tenant)
      .where('entity', '=', of.entity)
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    const last = links.at(-1)
    if (last === undefined) return
    after = last.id
    const rows = await idsThere(
      db,
      of,
      'dynamics',
      links.map((link) => link.dynamics_id),
    )
    const others = await idsThere(
      db,
      of,
      'activeCampaign',
      links.map((link) => link.active_campaign_id),
    )
    const orphans = links.filter(
      (link) => !rows.has(link.dynamics_id) && !others.has(link.active_campaign_id),
    )
    if (orphans.length === 0) continue
    await db
      .updateTable('dynacamp_link')
      .set({ orphan: 1 })
      .where('tenant', '=', of.tenant)
      .where('entity', '=', of.entity)
      .where(
        'id',
        'in',
        orphans.map(({ id }) => id),
      )
      .execute()
  }
}

/** Links that have lost both ends say so: each plan asks for them, and would have to look at both ends of every link. */
export const orphans: Migration = {
  async up(db: Kysely<Tables>) {
    await db.schema
      .alterTable('dynacamp_link')
      .addColumn('orphan', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    const all = await db.selectFrom('dynacamp_link').select(['tenant', 'entity']).distinct().execute()
    for (const of of all) await markOrphans(db, of)
    await db.schema
      .createIndex('dynacamp_link_orphan')
      .on('dynacamp_link')
      .columns(['tenant', 'entity', 'id'])
      .where(sql.ref('orphan'), '=', 1)
      .execute()
  },
}
