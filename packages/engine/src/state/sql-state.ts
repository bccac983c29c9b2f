import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { NewerStateError } from '../errors/newer-state-error.ts'
import { boundedHints, boundedJournal, boundedLinks, boundedRecords, boundedSetAsides } from './bounded.ts'
import { checkSeal } from './check-seal.ts'
import type { Flavour } from './flavour.ts'
import { migrationsFor } from './migrations.ts'
import { readsOnly } from './reads-only.ts'
import { openSeal, type Seal, type SealingOptions, sealWith } from './seal.ts'
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

const migrationTable = 'dynacamp_migration'

const stateOf = (db: StateDatabase, tenant: string, seal: Seal): StateTransaction => {
  const links = boundedLinks(sqlLinks(db, tenant, seal))
  return {
    records: boundedRecords(sqlRecords(db, tenant, seal, links)),
    links,
    cursors: sqlCursors(db, tenant),
    journal: boundedJournal(sqlJournal(db, tenant, seal)),
    setAsides: boundedSetAsides(sqlSetAsides(db, tenant, seal)),
    runs: sqlRuns(db, tenant, seal),
    hints: boundedHints(sqlHints(db, tenant)),
    imports: sqlImports(db, tenant, seal),
  }
}

/** The migrations that the database has been through; none of a new one. */
const appliedTo = async (db: StateDatabase): Promise<readonly string[]> => {
  const applied = sql<{ name: string }>`select name from ${sql.table(migrationTable)}`.execute(db)
  return applied.then(({ rows }) => rows.map(({ name }) => name)).catch(() => [])
}

/** State in any database that Kysely speaks to. The tables are made, or brought up to date, before the first use. */
export const sqlState = (
  db: StateDatabase,
  flavour: Flavour,
  { sealingKey }: SealingOptions = {},
): StateStore => {
  if (sealingKey !== undefined && sealingKey.length < 32) {
    throw new TypeError(
      'sealingKey needs 32 characters or more: make a random one and keep it with your secrets',
    )
  }
  const sealOf = (tenant: string): Seal | undefined =>
    sealingKey === undefined ? undefined : sealWith(sealingKey, tenant)
  const checked = new Set<string>()
  let migrated: Promise<void> | undefined

  const migrations = migrationsFor(flavour)

  const migrate = async (open: StateDatabase): Promise<void> => {
    const migrator = new Migrator({
      db: open,
      provider: { getMigrations: async () => migrations },
      migrationTableName: migrationTable,
      migrationLockTableName: 'dynacamp_migration_lock',
    })
    const { error } = await migrator.migrateToLatest()
    if (error === undefined) return
    const unknown = (await appliedTo(open)).filter((name) => !Object.hasOwn(migrations, name))
    throw unknown.length > 0 ? new NewerStateError(unknown) : error
  }

  const bringUpToDate = async (): Promise<void> => {
    // Migrating takes a lock, and whoever only wants to read would wait for those who write.
    const applied = new Set(await appliedTo(db))
    const known = Object.keys(migrations)
    if (applied.size === known.length && known.every((name) => applied.has(name))) return
    await flavour.migrating(db, migrate)
  }

  const whenUpToDate = (): Promise<void> => {
    migrated ??= bringUpToDate().catch((error: unknown) => {
      migrated = undefined
      throw error
    })
    return migrated
  }

  const inTenant = async <Result>(
    tenant: string,
    work: (db: StateDatabase) => Promise<Result>,
  ): Promise<Result> => {
    await whenUpToDate()
    return db.transaction().execute(async (transaction) => {
      await flavour.lockTenant(transaction, tenant)
      return work(transaction)
    })
  }

  const reading = async <Result>(work: (db: StateDatabase) => Promise<Result>): Promise<Result> => {
    await whenUpToDate()
    const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    return snapshot.execute((transaction) => work(transaction.withPlugin(readsOnly)))
  }

  return {
    transaction(tenant, work, { fence, readOnly = false } = {}) {
      const inIt = async (transaction: StateDatabase) => {
        if (fence !== undefined) await assertFence(transaction, tenant, fence)
        const seal = sealOf(tenant)
        if (!checked.has(tenant) && (await checkSeal(transaction, tenant, seal, { readOnly })))
          checked.add(tenant)
        return work(stateOf(transaction, tenant, seal ?? openSeal))
      }
      return readOnly ? reading(inIt) : inTenant(tenant, inIt)
    },
    leases: sqlLeases(inTenant),
    close: () => db.destroy(),
  }
}
