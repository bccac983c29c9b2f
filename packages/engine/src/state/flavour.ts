import type { ColumnDefinitionBuilder, RawBuilder } from 'kysely'
import type { StateDatabase } from './tables.ts'

/** What the databases do in ways of their own. All else is one SQL. */
export interface Flavour {
  /** Text that is compared and sorted byte by byte, whatever language the database speaks. */
  readonly text: 'text' | RawBuilder<unknown>
  /** A number that the database counts up. */
  readonly sequence: {
    readonly type: 'integer' | 'bigint'
    readonly make: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder
  }
  /** At the start of a transaction: waits until no other transaction of this tenant is open. */
  readonly lockTenant: (transaction: StateDatabase, tenant: string) => Promise<void>
  /** Brings the tables up to date, wholly or not at all, while other processes wait. */
  readonly migrating: (db: StateDatabase, work: (db: StateDatabase) => Promise<void>) => Promise<void>
}
