import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, type SqliteDatabase } from 'kysely'
import type { Flavour } from './flavour.ts'
import type { SealingOptions } from './seal.ts'
import { sqlState } from './sql-state.ts'
import { isBusy } from './sqlite-busy.ts'
import { SharedSqliteDialect } from './sqlite-dialect.ts'
import type { StateStore } from './state-store.ts'
import type { StateTables } from './tables.ts'

/** What Kysely binds for the tables of the state: text, numbers and null. */
const bindable = (parameters: readonly unknown[]): SQLInputValue[] =>
  parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value
    throw new TypeError(`the state binds text, numbers and null, not ${typeof value}`)
  })

const openFile = (path: string): DatabaseSync => {
  try {
    return new DatabaseSync(path)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `The state in ${path} cannot be opened: ${reason}. Its folder must be there and writable.`,
      {
        cause,
      },
    )
  }
}

/** Opening reads nothing yet: whether it is a database shows with the first look. */
const assertDatabase = (database: DatabaseSync): void => {
  try {
    database.exec('select 1 from sqlite_schema')
  } catch (error) {
    if (!isBusy(error)) throw error
  }
}

/** How many statements are kept: a run has about a hundred, and some come in many lengths of `in (?, ?, …)`. */
const statementLimit = 500

/** Prepares each text once: preparing takes longer than most of the state's statements themselves. */
const preparesOnce = (database: DatabaseSync) => {
  const prepared = new Map<string, { readonly statement: StatementSync; readonly reader: boolean }>()
  return (text: string) => {
    const known = prepared.get(text)
    if (known !== undefined) return known
    const statement = database.prepare(text)
    const made = { statement, reader: statement.columns().length > 0 }
    if (prepared.size >= statementLimit) prepared.clear()
    prepared.set(text, made)
    return made
  }
}

/** Node's own SQLite in the shape that Kysely's dialect was made for. */
const kyselyDatabase = (path: string): SqliteDatabase => {
  const database = openFile(path)
  assertDatabase(database)
  const prepare = preparesOnce(database)
  return {
    close: () => database.close(),
    prepare(text) {
      const { statement, reader } = prepare(text)
      return {
        reader,
        all: (parameters) => statement.all(...bindable(parameters)),
        run: (parameters) => statement.run(...bindable(parameters)),
        // Two may go through the rows of one text at a time.
        iterate: (parameters) => database.prepare(text).iterate(...bindable(parameters)),
      }
    },
  }
}

/** A transaction of SQLite has the file to itself from its start: there is nothing to lock. */
const flavour: Flavour = {
  text: 'text',
  sequence: { type: 'integer', make: (column) => column.primaryKey().autoIncrement() },
  lockTenant: async () => undefined,
  migrating: (db, work) => db.transaction().execute(work),
}

/**
 * State in one SQLite file, through Node's built-in driver: nothing to install or to run.
 *
 * @param path - The file; it is made when missing.
 * @param options.sealingKey - Encrypts every value that is stored.
 *
 * @throws Error when the file cannot be opened.
 *
 * @example
 * import { sqliteState } from '@dynacamp/engine'
 *
 * const state = sqliteState('dynacamp.db')
 * await state.close()
 */
export const sqliteState = (path: string, options: SealingOptions = {}): StateStore =>
  sqlState(
    new Kysely<StateTables>({ dialect: new SharedSqliteDialect(kyselyDatabase(path)) }),
    flavour,
    options,
  )

/**
 * State that is gone with the process: for tests and for trying things out.
 *
 * @example
 * import { memoryState } from '@dynacamp/engine'
 *
 * const state = memoryState()
 * await state.close()
 */
export const memoryState = (): StateStore => sqliteState(':memory:')
