import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely'
import type { Flavour } from './flavour.ts'
import type { SealingOptions } from './seal.ts'
import { sqlState } from './sql-state.ts'
import type { StateStore } from './state-store.ts'
import type { StateTables } from './tables.ts'

/** Where the PostgreSQL database is. */
export type PostgresStateOptions = SealingOptions &
  (
    | {
        /** `postgresql://user:password@host:5432/database`; what `pg` takes. */
        readonly connectionString: string
      }
    | {
        /** A pool of `pg` that the host uses for other things too. Closing the store leaves it open. */
        readonly pool: PostgresPool
      }
  )

/** A worker that stops in the middle of a transaction must not keep the tenant from others for ever. */
const idleInTransactionMs = 60_000

/** Any number that others who lock by hashed names in this database are unlikely to have chosen. */
const lockSeed = 0x64796e61

const flavour: Flavour = {
  text: sql`text collate "C"`,
  sequence: { type: 'bigint', make: (column) => column.primaryKey().generatedAlwaysAsIdentity() },
  // Both end with the transaction, so a pooler that hands out connections per transaction may stand in between.
  // https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
  lockTenant: async (transaction, tenant) => {
    await sql`
      select
        set_config('idle_in_transaction_session_timeout', ${String(idleInTransactionMs)}, true),
        pg_advisory_xact_lock(hashtextextended(${tenant}, ${sql.lit(lockSeed)}))
    `.execute(transaction)
  },
  // Kysely's migrator takes a lock and one transaction by itself.
  migrating: (db, work) => work(db),
}

/** How long to wait for a connection of the pool, a new one or one that others give back. */
const connectMs = 30_000

/**
 * How long to wait for an answer: over a connection that is dead without a word none would ever come, and the lease would not be
 * renewed. The longest statements take seconds; waiting for another worker's transaction takes its idle time and one of those.
 */
const answerMs = 2 * idleInTransactionMs

const nothing = (): void => undefined

/** `pg` is loaded when it is needed, so that hosts with another store do not pay for it. */
const openPool = async (connectionString: string): Promise<PostgresPool> => {
  const { Pool } = await import('pg')
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
  })
  // A connection that breaks while nobody waits for an answer would end the process. Whoever uses it next is told.
  // https://node-postgres.com/apis/pool#error
  pool.on('error', nothing)
  pool.on('connect', (client) => client.on('error', nothing))
  return pool
}

const borrowed = (pool: PostgresPool): PostgresPool => ({
  options: pool.options,
  connect: () => pool.connect(),
  end: async () => undefined,
})

/**
 * State in PostgreSQL: several processes and machines may work on one database. The tables are made, or brought up to date,
 * before the first use; they begin with `dynacamp_` and stand in the first schema of the connection's search path.
 *
 * @example
 * import { postgresState } from '@dynacamp/engine'
 *
 * const state = postgresState({ connectionString: process.env.DATABASE_URL ?? '' })
 * await state.close()
 */
export const postgresState = (options: PostgresStateOptions): StateStore => {
  const pool = 'pool' in options ? borrowed(options.pool) : () => openPool(options.connectionString)
  return sqlState(new Kysely<StateTables>({ dialect: new PostgresDialect({ pool }) }), flavour, options)
}
