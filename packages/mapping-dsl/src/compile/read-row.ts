import { bareAmount, currencyField, moneyText } from '../codec/money-text.ts'
import type { Fields, FieldValue } from '../codec/value.ts'
import type { Column, Columns } from '../schema/column.ts'

const formatted = '@OData.Community.Display.V1.FormattedValue'

/** What a row says about a lookup's target when it is asked for it. */
export const tableAnnotation = 'Microsoft.Dynamics.CRM.lookuplogicalname'

export const isReference = (column: Column | undefined): boolean =>
  column?.type === 'lookup' || column?.type === 'owner'

/** Where a row has the id of what a lookup refers to. */
export const idColumn = (name: string): string => `_${name}_value`

/** The columns to `$select`, for the columns that a definition names. */
export const columnsToSelect = (
  names: readonly string[],
  columns: Columns,
  amounts: ReadonlySet<string>,
): readonly string[] => {
  const selected = names.flatMap((name) => {
    const column = columns[name]
    if (column !== undefined && 'joins' in column && column.joins !== undefined) return column.joins
    return [isReference(column) ? idColumn(name) : name]
  })
  return [...new Set([...selected, ...(amounts.size === 0 ? [] : [rowCurrency])])]
}

const isFieldValue = (value: unknown): value is FieldValue =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (Array.isArray(value) && value.every((item) => typeof item === 'string'))

export type Row = Readonly<Record<string, unknown>>

/** What a row has under a name, if it is a value that fields can have. */
export const valueIn = (row: Row, name: string): FieldValue => {
  const value = row[name] ?? null
  return isFieldValue(value) ? value : null
}

/** What one named column is in a row: a reference is its label, beside its id under OData's name for it. */
const readColumn = (
  row: Row,
  name: string,
  column: Column | undefined,
): readonly (readonly [string, FieldValue])[] => {
  if (column !== undefined && 'joins' in column && column.joins !== undefined) {
    const texts = column.joins
      .map((part) => String(valueIn(row, part) ?? '').trim())
      .filter((text) => text !== '')
    return [[name, texts.length === 0 ? null : texts.join(column.separator ?? ' ')]]
  }
  if (!isReference(column)) return [[name, valueIn(row, name)]]
  const id = valueIn(row, idColumn(name))
  return [
    [name, id === null ? null : valueIn(row, idColumn(name) + formatted)],
    [idColumn(name), id],
  ]
}

/** ISO 4217 codes of an environment's currencies, by `transactioncurrencyid`. */
export type Currencies = ReadonlyMap<string, string>

/** The column that Dataverse keeps the currency of all amounts of a row in. */
const rowCurrency = idColumn('transactioncurrencyid')

/**
 * Reads the named columns off a row of the Dataverse Web API. Labels of lookups need the row to be asked for
 * with `Prefer: odata.include-annotations="OData.Community.Display.V1.FormattedValue"`. The columns in `amounts` get
 * their currency beside them, which takes the environment's list of currencies: change tracking knows no `$expand`.
 */
export const rowReader = (
  names: readonly string[],
  columns: Columns,
  amounts: ReadonlySet<string>,
): ((row: Row, currencies?: Currencies) => Fields) => {
  const read = (row: Row): Fields =>
    Object.fromEntries(names.flatMap((name) => readColumn(row, name, columns[name])))
  if (amounts.size === 0) return read
  return (row, currencies) => {
    const currency = currencies?.get(String(row[rowCurrency]))
    const fields = Object.entries(read(row)).map(([name, value]) => [
      name,
      amounts.has(name) && typeof value === 'number' ? moneyText(value, currency) : value,
    ])
    return { ...Object.fromEntries(fields), [currencyField]: currency ?? null }
  }
}

/** The body that writes these values to a row: amounts without the currency, which the row has. */
export const rowWriter =
  (amounts: ReadonlySet<string>) =>
  (fields: Fields): Fields =>
    amounts.size === 0
      ? fields
      : Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [
            name,
            amounts.has(name) && value !== null ? Number(bareAmount(value)) : value,
          ]),
        )
