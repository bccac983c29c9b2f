import { inferKind, type ValueKind } from './infer-type.ts'
import type { DynamicsData, DynamicsRow, DynamicsTable } from './rows.ts'

/** A column to be defined, in the words of the simulator. */
export interface InferredColumn {
  readonly name: string
  readonly label: string
  readonly type: 'boolean' | 'integer' | 'decimal' | 'date' | 'datetime' | 'text' | 'memo' | 'lookup'
  readonly maxLength?: number
  readonly precision?: number
  readonly targets?: Readonly<Record<string, string>>
}

const types: Readonly<Record<ValueKind, Pick<InferredColumn, 'type' | 'maxLength' | 'precision'>>> = {
  boolean: { type: 'boolean' },
  integer: { type: 'integer' },
  decimal: { type: 'decimal', precision: 10 },
  date: { type: 'date' },
  datetime: { type: 'datetime' },
  text: { type: 'text', maxLength: 4_000 },
  lines: { type: 'memo', maxLength: 1_048_576 },
  // Only ActiveCampaign writes options between bars.
  options: { type: 'text', maxLength: 4_000 },
}

/** Columns that rows of a table have and that neither the table nor the file's own description knows. */
export function inferColumns(
  data: DynamicsData,
  table: DynamicsTable,
  known: ReadonlySet<string>,
): readonly InferredColumn[] {
  const described = new Set(data.columns.filter((column) => column.table === table).map(({ name }) => name))
  const names = new Set(
    data[table].flatMap((row) => Object.keys(row).filter((name) => isColumn(name, row[name]))),
  )
  return [...names]
    .filter((name) => !described.has(name) && !known.has(name))
    .map((name) => inferColumn(name, data[table]))
}

/** Annotations (`@odata.etag`, `x@OData...`) and expanded rows are no columns; an expanded one that is empty is `new_Dealer: null`. */
export function isColumn(name: string, value: unknown): boolean {
  if (name.includes('@')) return false
  return value === null ? isColumnName(name) : typeof value !== 'object'
}

/** Does Dataverse give columns such names? They are in lower case whatever case the schema name has. */
export function isColumnName(name: string): boolean {
  return /^_?[a-z][a-z\d_]*$/.test(name)
}

function inferColumn(name: string, rows: readonly DynamicsRow[]): InferredColumn {
  const lookup = /^_(.+)_value$/.exec(name)?.[1]
  if (lookup !== undefined) {
    return { name: lookup, label: labelOf(lookup), type: 'lookup', targets: targetsOf(name, rows) }
  }
  return { name, label: labelOf(name), ...types[inferKind(rows.map((row) => row[name]))] }
}

/** The tables that a lookup's annotations name; without any, a user, which every environment has. */
function targetsOf(column: string, rows: readonly DynamicsRow[]): Readonly<Record<string, string>> {
  const named = rows.map((row) => row[`${column}@Microsoft.Dynamics.CRM.lookuplogicalname`])
  const tables = [...new Set(named.filter((table) => typeof table === 'string'))]
  return Object.fromEntries((tables.length > 0 ? tables : ['systemuser']).map((table) => [table, '']))
}

/** `new_loyalty_score` is shown as `Loyalty score`. */
function labelOf(name: string): string {
  const words = name.replace(/^[a-z]+_/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
