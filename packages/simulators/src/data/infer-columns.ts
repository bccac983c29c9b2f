import { inferKind, type ValueKind } from './infer-type.ts'
import type { CustomColumn, DynamicsData, DynamicsTable } from './rows.ts'

const types: Readonly<Record<ValueKind, CustomColumn['type']>> = {
  boolean: 'boolean',
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  datetime: 'datetime',
  text: 'text',
  lines: 'memo',
  // Only ActiveCampaign writes options between bars.
  options: 'text',
}

export const dynamicsTables: readonly DynamicsTable[] = ['contacts', 'leads', 'accounts', 'opportunities']

/** Columns that rows have and the tables lack, with a type that holds their values. */
export function inferColumns(
  data: DynamicsData,
  has: (table: DynamicsTable, column: string) => boolean,
): readonly CustomColumn[] {
  return dynamicsTables.flatMap((table) => {
    const described = new Set(data.columns.filter((column) => column.table === table).map(({ name }) => name))
    const names = new Set(data[table].flatMap((row) => Object.keys(row)))
    return [...names]
      .filter((name) => isColumn(name) && !described.has(name) && !has(table, name))
      .map((name): CustomColumn => {
        const type = types[inferKind(data[table].map((row) => row[name]))]
        return { table, name, label: labelOf(name), type }
      })
  })
}

/** Annotations (`@odata.etag`, `x@OData...`) are no columns, and lookups cannot be made from a GUID alone. */
function isColumn(name: string): boolean {
  return !name.includes('@') && !/^_.*_value$/.test(name)
}

/** `new_loyalty_score` is shown as `Loyalty score`. */
function labelOf(name: string): string {
  const words = name.replace(/^[a-z]+_/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
