import type { Column, LookupColumn } from './columns.ts'
import type { ColumnMap, TableNames } from './table.ts'

const hasColumns = (table: TableNames): table is TableNames & { readonly columns: ColumnMap } =>
  'columns' in table

/** The columns of a typed table; undefined for one without a schema. */
export const columnsOf = (table: TableNames): ColumnMap | undefined =>
  hasColumns(table) ? table.columns : undefined

export const isLookup = (column: Column | undefined): column is LookupColumn => column?.kind === 'lookup'

/** The name under which a column is read. */
export const readName = (name: string, column: Column | undefined): string =>
  isLookup(column) ? `_${name}_value` : name

/** Does knowing where a selected lookup points take an annotation? */
export const hasOpenLookup = (table: TableNames, select: readonly string[] | undefined): boolean => {
  const columns = columnsOf(table)
  if (columns === undefined) return false
  const names = select ?? Object.keys(columns)
  return names.some((name) => {
    const column = columns[name]
    return isLookup(column) && column.targets.length > 1
  })
}
