import type { Fields, FieldValue } from '../codec/value.ts'
import type { Column, Columns } from '../schema/column.ts'

const formatted = '@OData.Community.Display.V1.FormattedValue'

const isReference = (column: Column | undefined): boolean =>
  column?.type === 'lookup' || column?.type === 'owner'

const idColumn = (name: string): string => `_${name}_value`

/** The columns to `$select`, for the columns that a definition names. */
export const columnsToSelect = (names: readonly string[], columns: Columns): readonly string[] => {
  const selected = names.flatMap((name) => {
    const column = columns[name]
    if (column !== undefined && 'joins' in column && column.joins !== undefined) return column.joins
    return [isReference(column) ? idColumn(name) : name]
  })
  return [...new Set(selected)]
}

const isFieldValue = (value: unknown): value is FieldValue =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (Array.isArray(value) && value.every((item) => typeof item === 'string'))

type Row = Readonly<Record<string, unknown>>

const valueIn = (row: Row, name: string): FieldValue => {
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

/**
 * Reads the named columns off a row of the Dataverse Web API. Labels of lookups need the row to be asked for
 * with `Prefer: odata.include-annotations="OData.Community.Display.V1.FormattedValue"`.
 */
export const rowReader =
  (names: readonly string[], columns: Columns) =>
  (row: Row): Fields =>
    Object.fromEntries(names.flatMap((name) => readColumn(row, name, columns[name])))
