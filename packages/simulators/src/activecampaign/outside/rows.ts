import { type Json, type JsonObject, type Row, stored } from '../core/json.ts'
import type { Resource } from '../core/resource.ts'
import type { Store } from '../core/store.ts'
import type { TableName } from '../core/tables.ts'
import { resources } from '../resources.ts'

/**
 * Columns of a row as somebody outside the API enters it; `links` of a copied answer are dropped.
 *
 * @example
 * ```ts
 * const letters: ActiveCampaignRow = { name: 'Letters', stringid: 'letters' }
 * ```
 */
export type RowInput = Readonly<Record<string, Json>>

const resourceOf = (table: TableName): Resource | undefined => resources.find(({ path }) => path === table)

function withoutLinks({ links: _, ...columns }: RowInput): JsonObject {
  return columns
}

/** Columns that are text stay text, however they were given. */
const asStored = (columns: JsonObject, defaults: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(columns).map(([name, value]): [string, Json] => [
      name,
      typeof defaults[name] === 'number' ? value : stored(value),
    ]),
  )

/** Puts a row into a table as it is: nothing is checked, nothing else happens. */
export function insertRow(store: Store, table: TableName, input: RowInput): Row {
  const rows = store.tables[table]
  const defaults = resourceOf(table)?.defaults(store) ?? {}
  const columns = asStored(withoutLinks(input), defaults)
  const id = typeof columns.id === 'string' ? columns.id : rows.nextId()
  return rows.put({ ...defaults, ...columns, id })
}

export function updateRowOutside(store: Store, table: TableName, id: string, patch: RowInput): Row {
  const row = store.tables[table].get(id)
  if (row === undefined) throw new Error(`There is no row ${id} in ${table}.`)
  return store.tables[table].put({ ...row, ...asStored(withoutLinks(patch), row), id })
}
