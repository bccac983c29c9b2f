import { Migrator } from 'kysely/migration'
import { boundedJournal, boundedLinks, boundedRecords } from './bounded.ts'
import { fromText } from './json.ts'
import { migrations } from './migrations.ts'
import { sqlLinks } from './sql-links.ts'
import { sqlRecords } from './sql-records.ts'
import type { CursorState, JournalState, StateStore } from './state-store.ts'
import type { StateDatabase } from './tables.ts'

const sqlCursors = (db: StateDatabase, tenant: string): CursorState => ({
  async get(name) {
    const row = await db
      .selectFrom('dynacamp_cursor')
      .select('value')
      .where('tenant', '=', tenant)
      .where('name', '=', name)
      .executeTakeFirst()
    return row?.value ?? null
  },
  async set(name, value) {
    await db
      .insertInto('dynacamp_cursor')
      .values({ tenant, name, value })
      .onConflict((conflict) => conflict.columns(['tenant', 'name']).doUpdateSet({ value }))
      .execute()
  },
})

const sqlJournal = (db: StateDatabase, tenant: string): JournalState => ({
  async intend(entries) {
    if (entries.length === 0) return
    await db
      .insertInto('dynacamp_journal')
      .values(
        entries.map((entry) => ({
          tenant,
          plan_id: entry.planId,
          action_id: entry.actionId,
          at: entry.at,
          action: JSON.stringify(entry.action),
          outcome: null,
        })),
      )
      .execute()
  },
  async conclude(planId, actionId, outcome) {
    await db
      .updateTable('dynacamp_journal')
      .set({ outcome: JSON.stringify(outcome) })
      .where('tenant', '=', tenant)
      .where('plan_id', '=', planId)
      .where('action_id', '=', actionId)
      .where('outcome', 'is', null)
      .execute()
  },
  async unfinished() {
    const rows = await db
      .selectFrom('dynacamp_journal')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('outcome', 'is', null)
      .orderBy('sequence')
      .execute()
    return rows.map((row) => ({
      planId: row.plan_id,
      actionId: row.action_id,
      at: row.at,
      action: fromText<unknown>(row.action),
      outcome: null,
    }))
  },
})

/** State in any database that Kysely speaks to. The tables are made, or brought up to date, before the first use. */
export const sqlState = (db: StateDatabase): StateStore => {
  let migrated: Promise<void> | undefined

  const migrate = async (): Promise<void> => {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => ({ ...migrations }) },
      migrationTableName: 'dynacamp_migration',
      migrationLockTableName: 'dynacamp_migration_lock',
    })
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  }

  return {
    async transaction(tenant, work) {
      migrated ??= migrate().catch((error: unknown) => {
        migrated = undefined
        throw error
      })
      await migrated
      return db.transaction().execute((transaction) => {
        const links = boundedLinks(sqlLinks(transaction, tenant))
        return work({
          records: boundedRecords(sqlRecords(transaction, tenant, links)),
          links,
          cursors: sqlCursors(transaction, tenant),
          journal: boundedJournal(sqlJournal(transaction, tenant)),
        })
      })
    },
    close: () => db.destroy(),
  }
}
