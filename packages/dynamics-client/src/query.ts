import type { Query } from '@dynacamp/http'
import type { ODataExpression } from './odata.ts'
import type { CallOptions } from './prepared-request.ts'
import type { SelectableColumn, TableNames } from './schema/table.ts'
import { columnsOf, readName } from './schema/table-columns.ts'

/** What every read takes. */
export interface ReadOptions<T extends TableNames, Selected extends SelectableColumn<T>> extends CallOptions {
  /** Columns by name, lookups too. Default: every column of the table's schema; without a schema, all there are. */
  readonly select?: readonly Selected[]
  /** OData text: `'primarycontactid($select=fullname)'`. At most 15 expansions. What it adds to the row is untyped. */
  readonly expand?: string
  /** Adds the texts that a person sees, for `formattedValue()`. They follow the user's language: show, never parse. */
  readonly formattedValues?: boolean
  /** Adds the table that each lookup refers to. Default: true when a selected lookup has several targets. */
  readonly lookupTables?: boolean
}

/** What a list takes. */
export interface ListOptions<T extends TableNames, Selected extends SelectableColumn<T>>
  extends ReadOptions<T, Selected> {
  /** Best written with the `odata` template, which escapes values. Text is sent as it is. */
  readonly filter?: string | ODataExpression
  /** `'createdon desc'`, or several. Rows that tie may repeat or get lost over pages: end with a unique column. */
  readonly orderBy?: string | readonly string[]
  /** At most so many rows. The service ignores it together with a page size, so this leaves the page size out. */
  readonly top?: number
  /** Rows per page, up to 5000 (500 for elastic tables). Default: as many as the service gives. */
  readonly pageSize?: number
  /** Asks for the number of matching rows with each page; it stops at 5000. */
  readonly count?: boolean
}

const filterText = (filter: string | ODataExpression | undefined): string | undefined =>
  typeof filter === 'object' ? filter.text : filter

/** `$select` as the service wants it: lookups by their read column. */
export const selectText = (table: TableNames, select: readonly string[] | undefined): string | undefined => {
  const columns = columnsOf(table)
  const names = select ?? (columns === undefined ? undefined : Object.keys(columns))
  return names?.map((name) => readName(name, columns?.[name])).join(',')
}

export const readQuery = <T extends TableNames, Selected extends SelectableColumn<T>>(
  table: T,
  { select, expand }: ReadOptions<T, Selected>,
): Query => ({ $select: selectText(table, select), $expand: expand })

export const listQuery = <T extends TableNames, Selected extends SelectableColumn<T>>(
  table: T,
  options: ListOptions<T, Selected>,
): Query => {
  const { filter, orderBy, top, count } = options
  return {
    ...readQuery(table, options),
    $filter: filterText(filter),
    $orderby: typeof orderBy === 'string' ? orderBy : orderBy?.join(','),
    $top: top,
    $count: count === true ? true : undefined,
  }
}

/** The query of a count. */
export const filterQuery = (filter: string | ODataExpression | undefined): Query => ({
  $filter: filterText(filter),
})
