import { doesNotExist } from './dataverse-error.ts'
import type { DuplicateRule, Environment } from './environment.ts'
import { tableNamed } from './environment.ts'
import type { ColumnDefinition, Table, TableDefinition } from './schema/table.ts'
import { callerFor } from './security/privileges.ts'
import { addBulkMessages, addPrivileges } from './seed.ts'
import type { Row } from './store/table-store.ts'
import { createRow, deleteRow, updateRow } from './write/rows.ts'

type Json = Readonly<Record<string, unknown>>

/** A custom column: its schema name and type, and what the type needs. */
export type NewColumn = Omit<ColumnDefinition, 'label' | 'primary'> & {
  /** Schema name with its publisher's prefix, such as `new_Score`; in lower case it is the logical name. */
  readonly name: string
  /** Default: the name. */
  readonly label?: string
}

/** The rows and the schema, reached as another user or an administrator would, outside the API. */
export interface TableAccess {
  /** Every table: its logical name, its entity set in URLs, its key column and the column that names a row. */
  tables(): readonly Pick<Table, 'logicalName' | 'entitySetName' | 'primaryId' | 'primaryName'>[]
  /** The columns of a table as they are named in JSON: `_parentcustomerid_value` for a lookup. */
  columns(table: string): readonly string[]
  /** Rows of a table by logical name, in the order of their ids; empty columns are absent. */
  rows(table: string): readonly Row[]
  /** A row by id. */
  row(table: string, id: string): Row | undefined
  /** Creates a row; columns as in JSON, lookups by `_x_value` too, server-set columns allowed. Returns its id. */
  insert(table: string, row: Json): string
  update(table: string, id: string, patch: Json): void
  remove(table: string, id: string): void
  /** Adds a column. Delta tokens of the table die, as they do in the service. */
  defineColumn(table: string, column: NewColumn): void
  /** Adds a table, known to the API under its entity set name from now on. */
  defineTable(table: TableDefinition): void
  defineKey(table: string, name: string, columns: readonly string[]): void
  /** Publishes a duplicate detection rule. */
  defineDuplicateRule(rule: DuplicateRule): void
  /** Switches change tracking of a table on or off. */
  trackChanges(table: string, enabled: boolean): void
}

export function createTableAccess(environment: Environment): TableAccess {
  const { store, schema, metadataChanges } = environment
  const actor = () => ({ environment, caller: callerFor(environment, environment.ids.systemUser) })
  const trusted = { trusted: true } as const
  const existing = (table: string, id: string): Row => {
    const row = store.table(table).get(id.toLowerCase())
    if (row === undefined) throw doesNotExist(tableNamed(environment, table).schemaName, id)
    return row
  }
  const metadataChanged = (table: string): void => {
    metadataChanges.set(table, store.nextVersion())
  }
  return {
    tables: () => [...schema.tables.values()],
    columns: (table) => [...tableNamed(environment, table).properties.keys()],
    rows: (table) => [...store.table(tableNamed(environment, table).logicalName).inKeyOrder()],
    row: (table, id) => store.table(table).get(id.toLowerCase()),
    insert(table, row) {
      const definition = tableNamed(environment, table)
      return String(
        store.transaction(() => createRow(actor(), definition, row, trusted))[definition.primaryId],
      )
    },
    update(table, id, patch) {
      store.transaction(() =>
        updateRow(actor(), tableNamed(environment, table), existing(table, id), patch, trusted),
      )
    },
    remove(table, id) {
      store.transaction(() => {
        deleteRow(actor(), tableNamed(environment, table), existing(table, id), trusted)
      })
    },
    defineColumn(table, { name, label, ...definition }) {
      schema.addColumn(table, name, { label: label ?? name, ...definition })
      metadataChanged(table)
    },
    defineTable(definition) {
      const table = schema.define({ custom: true, ...definition })
      addPrivileges(environment, table)
      addBulkMessages(environment, table)
      metadataChanged(table.logicalName)
    },
    defineKey(table, name, columns) {
      schema.addKey(table, name, columns)
      metadataChanged(table)
    },
    defineDuplicateRule: (rule) => {
      environment.duplicateRules.push(rule)
    },
    trackChanges(table, enabled) {
      tableNamed(environment, table).changeTracking = enabled
    },
  }
}
