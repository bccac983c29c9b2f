import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Flavour } from '../flavour.ts'

/** The tables as this migration finds them, as far as it touches rows. */
interface Tables {
  dynacamp_cursor: { tenant: string; name: string; value: string }
  dynacamp_record: { tenant: string; entity: string; side: string }
  dynacamp_run: { tenant: string; started_at: string; status: string }
}

/** Under a name of its own: a process of the version before, at work meanwhile, goes on with its own. */
const initialBefore = 'sync/initial'
const initialEnds = 'sync/initial-ends'
const syncedUpTo = 'health/synced-up-to'

/** The initial sync was one for all entities: those that were read by then are through. */
const initialByEntity = async (db: Kysely<Tables>): Promise<void> => {
  const ended = await db
    .selectFrom('dynacamp_cursor')
    .select('tenant')
    .where('name', '=', initialBefore)
    .where('value', '=', 'done')
    .execute()
  for (const { tenant } of ended) {
    const entities = await db
      .selectFrom('dynacamp_record')
      .select('entity')
      .distinct()
      .where('tenant', '=', tenant)
      .where('side', '=', 'dynamics')
      .execute()
    const value = JSON.stringify(Object.fromEntries(entities.map(({ entity }) => [entity, 0])))
    await db.insertInto('dynacamp_cursor').values({ tenant, name: initialEnds, value }).execute()
  }
}

/** How far all was seen to was told from the latest run that was complete. */
const syncedByRuns = async (db: Kysely<Tables>): Promise<void> => {
  const latest = await db
    .selectFrom('dynacamp_run')
    .select(({ fn }) => ['tenant', fn.max('started_at').as('from')])
    .where('status', '=', 'completed')
    .groupBy('tenant')
    .execute()
  for (const { tenant, from } of latest) {
    const value = String(Date.parse(from))
    await db.insertInto('dynacamp_cursor').values({ tenant, name: syncedUpTo, value }).execute()
  }
}

/** An initial sync for each entity, hints by record, and what a record was like when it failed. */
export const runs = ({ text }: Flavour): Migration => ({
  async up(db: Kysely<Tables>) {
    await initialByEntity(db)
    await syncedByRuns(db)
    await db.schema
      .createIndex('dynacamp_hint_record')
      .on('dynacamp_hint')
      .columns(['tenant', 'entity', 'side', 'id'])
      .execute()
    await db.schema.alterTable('dynacamp_set_aside').addColumn('seen', text).execute()
  },
})
