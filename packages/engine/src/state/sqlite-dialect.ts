import {
  CompiledQuery,
  type DatabaseConnection,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely'
import { whenFree } from './sqlite-busy.ts'

const run = async (connection: DatabaseConnection, text: string): Promise<void> => {
  await connection.executeQuery(CompiledQuery.raw(text))
}

class WaitingDriver extends SqliteDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings = {},
  ): Promise<void> {
    // A transaction that reads before it writes must hold the write lock from its start: raising the lock later fails at once
    // when another process wrote in between. https://www.sqlite.org/lang_transaction.html
    if (settings.accessMode !== 'read only') return whenFree(() => run(connection, 'begin immediate'))
    await run(connection, 'begin')
    // What it sees is what there is at its first look: taken here, while it can be waited for.
    await whenFree(() => run(connection, 'select 1 from sqlite_schema limit 1'))
  }
}

/** Tables are made and changed inside transactions. https://www.sqlite.org/transactional.html */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Kysely's dialect for a file that other processes write to, too. */
export class SharedSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase) {
    super({ database })
    this.#database = database
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }

  override createDriver(): SqliteDriver {
    return new WaitingDriver({
      database: this.#database,
      // WAL keeps a reader from blocking the writer; a killed process leaves a log that the next open replays.
      // https://www.sqlite.org/wal.html
      onCreateConnection: (connection) => whenFree(() => run(connection, 'pragma journal_mode = wal')),
    })
  }
}
