import { Migrator } from 'kysely/migration'
import { boundedHints, boundedJournal, boundedLinks, boundedRecords, boundedSetAsides } from './bounded.ts'
import { migrations } from './migrations.ts'
import { sqlCursors } from './sql-cursors.ts'
import { sqlHints } from './sql-hints.ts'
import { sqlImports } from './sql-imports.ts'
import { sqlJournal } from './sql-journal.ts'
import { assertFence, sqlLeases } from './sql-leases.ts'
import { sqlLinks } from './sql-links.ts'
import { sqlRecords } from './sql-records.ts'
import { sqlRuns } from './sql-runs.ts'
import { sqlSetAsides } from './sql-set-asides.ts'
import type { StateStore, StateTransaction } from './state-store.ts'
import type { StateDatabase } from './tables.ts'

const stateOf = (db: StateDatabase, tenant: string): StateTransaction => {
  const links = boundedLinks(sqlLinks(db, tenant))
  return {
    records: boundedRecords(sqlRecords(db, tenant, links)),
    links,
    cursors: sqlCursors(db, tenant),
    journal: boundedJournal(sqlJournal(db, tenant)),
    setAsides: boundedSetAsides(sqlSetAsides(db, tenant)),
    runs: sqlRuns(db, tenant),
    hints: boundedHints(sqlHints(db, tenant)),
    imports: sqlImports(db, tenant),
  }
}

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

  const inTenant = async <Result>(
    _tenant: string,
    work: (db: StateDatabase) => Promise<Result>,
  ): Promise<Result> => {
    migrated ??= migrate().catch((error: unknown) => {
      migrated = undefined
      throw error
    })
    await migrated
    return db.transaction().execute(work)
  }

  return {
    transaction: (tenant, work, { fence } = {}) =>
      inTenant(tenant, async (transaction) => {
        if (fence !== undefined) await assertFence(transaction, tenant, fence)
        return work(stateOf(transaction, tenant))
      }),
    leases: sqlLeases(inTenant),
    close: () => db.destroy(),
  }
}
