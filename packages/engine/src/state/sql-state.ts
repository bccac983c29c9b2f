import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { NewerStateError } from '../errors/newer-state-error.ts'
import { boundedHints, boundedJournal, boundedLinks, boundedRecords, boundedSetAsides } from './bounded.ts'
import { checkSeal } from './check-seal.ts'
import type { Flavour } from './flavour.ts'
import { migrationsFor } from './migrations.ts'
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

/** The error that says so when the database has been through migrations that this version does not know. */
const newerThan = async (
  db: StateDatabase,
  known: Readonly<Record<string, unknown>>,
): Promise<NewerStateError | undefined> => {
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationTable)}`.execute(db)
  const unknown = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(known, name))
  return unknown.length > 0 ? new NewerStateError(unknown) : undefined
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
    if (error) throw (await newerThan(open, migrations).catch(() => undefined)) ?? error
  }

  const inTenant = async <Result>(
    tenant: string,
    work: (db: StateDatabase) => Promise<Result>,
  ): Promise<Result> => {
    migrated ??= flavour.migrating(db, migrate).catch((error: unknown) => {
      migrated = undefined
      throw error
    })
    await migrated
    return db.transaction().execute(async (transaction) => {
      await flavour.lockTenant(transaction, tenant)
      return work(transaction)
    })
  }

  return {
    transaction: (tenant, work, { fence } = {}) =>
      inTenant(tenant, async (transaction) => {
        if (fence !== undefined) await assertFence(transaction, tenant, fence)
        const seal = sealOf(tenant)
        if (!checked.has(tenant) && (await checkSeal(transaction, tenant, seal))) checked.add(tenant)
        return work(stateOf(transaction, tenant, seal ?? openSeal))
      }),
    leases: sqlLeases(inTenant),
    close: () => db.destroy(),
  }
}
