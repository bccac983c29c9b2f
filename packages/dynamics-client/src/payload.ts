import { InvalidArgumentError } from './errors/invalid-argument-error.ts'
import type { LookupColumn } from './schema/columns.ts'
import { bindPath, navigationProperty, type Reference } from './schema/reference.ts'
import type { JsonValue, TableNames } from './schema/table.ts'
import { columnsOf, isLookup } from './schema/table-columns.ts'

export type Payload = Readonly<Record<string, JsonValue>>

const isReference = (value: unknown): value is Reference =>
  typeof value === 'object' && value !== null && 'table' in value && 'entitySet' in value && 'id' in value

const isJson = (value: unknown): value is JsonValue =>
  // NaN would become null, which clears a column.
  typeof value === 'number' ? Number.isFinite(value) : ['string', 'boolean', 'object'].includes(typeof value)

const lookupEntry = (name: string, column: LookupColumn, value: unknown): [string, JsonValue] => {
  if (value === null) return [`${navigationProperty(name, column, undefined)}@odata.bind`, null]
  if (!isReference(value)) {
    throw new InvalidArgumentError(`Column '${name}' is a lookup: give a reference(table, id) or null.`)
  }
  // A lookup is written through its navigation property, never through its read column.
  return [`${navigationProperty(name, column, value.table)}@odata.bind`, bindPath(value)]
}

const plainEntry = (name: string, value: unknown): [string, JsonValue] => {
  if (!isJson(value)) throw new InvalidArgumentError(`The value of column '${name}' has no form in JSON.`)
  return [name, value]
}

/** The body of a write: lookups become bindings, everything else is sent as given; undefined is left out. */
export const encodeValues = (table: TableNames, values: object): Payload => {
  const columns = columnsOf(table)
  const given: readonly [string, unknown][] = Object.entries(values)
  return Object.fromEntries(
    given
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const column = columns?.[name]
        return isLookup(column) ? lookupEntry(name, column, value) : plainEntry(name, value)
      }),
  )
}
