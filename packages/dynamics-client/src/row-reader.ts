import * as z from 'zod'
import type { ResponseIssue } from './errors/unexpected-response-error.ts'
import type { Column, ColumnKind } from './schema/columns.ts'
import type { Row, SelectableColumn, TableNames } from './schema/table.ts'
import { columnsOf, isLookup, readName } from './schema/table-columns.ts'
import { responseIssues } from './transport.ts'

/** A row that is not as the table's schema says. The other rows of its page are not affected. */
export interface RowProblem {
  readonly entitySet: string
  /** The row's id, as far as it can be read. */
  readonly id: string | undefined
  readonly issues: readonly ResponseIssue[]
  /** As it came. */
  readonly row: unknown
}

/** Checks rows of one table for one selection of columns. */
export interface RowReader<R> {
  /** Is this value a row of the table, every selected column there and of its type? */
  accepts(value: unknown): value is R
  problem(value: unknown): RowProblem
}

const valueSchemas: Readonly<Record<ColumnKind, z.ZodType>> = {
  text: z.string(),
  integer: z.int(),
  decimal: z.number(),
  money: z.number(),
  boolean: z.boolean(),
  choice: z.int(),
  choices: z.string(),
  dateTime: z.iso.datetime({ offset: true }),
  dateOnly: z.iso.date(),
  guid: z.guid(),
}

const columnSchema = (column: Column): z.ZodType =>
  // Any column may be null: the service enforces no more than its few system-required ones.
  (isLookup(column) ? z.guid() : valueSchemas[column.kind]).nullable()

const rowSchema = (table: TableNames, select: readonly string[] | undefined): z.ZodType => {
  const columns = columnsOf(table) ?? {}
  const selected = (select ?? Object.keys(columns)).flatMap((name) => {
    const column = columns[name]
    return column === undefined ? [] : [[readName(name, column), columnSchema(column)] as const]
  })
  return z.looseObject({
    '@odata.etag': z.string().optional(),
    ...Object.fromEntries(selected),
    ...(table.primaryId === undefined ? {} : { [table.primaryId]: z.guid() }),
  })
}

const idAt = (row: unknown, primaryId: string | undefined): string | undefined => {
  if (primaryId === undefined || typeof row !== 'object' || row === null) return undefined
  const id: unknown = Reflect.get(row, primaryId)
  return typeof id === 'string' ? id : undefined
}

/**
 * The row's own object is handed on, not a copy: keys that nobody declared are kept, and reading 100,000 rows costs
 * their checking only.
 */
export const createRowReader = <T extends TableNames, Selected extends SelectableColumn<T>>(
  table: T,
  select: readonly Selected[] | undefined,
): RowReader<Row<T, Selected>> => {
  const schema = rowSchema(table, select)
  return {
    accepts: (value): value is Row<T, Selected> => schema.safeParse(value).success,
    problem: (value) => {
      const outcome = schema.safeParse(value)
      return {
        entitySet: table.entitySet,
        id: idAt(value, table.primaryId),
        issues: outcome.success ? [] : responseIssues(outcome.error),
        row: value,
      }
    },
  }
}
