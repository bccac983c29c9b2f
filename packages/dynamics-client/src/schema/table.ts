import type { Column, ColumnAccess, ColumnValues, LookupColumn, ValueColumn } from './columns.ts'
import type { Reference } from './reference.ts'

/** What JSON can say. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/** The names of a table. Only bulk messages, merges and typed rows need more than the entity set. */
export interface TableNames {
  /** As in URLs: `'contacts'`. */
  readonly entitySet: string
  /** As in metadata: `'contact'`. */
  readonly logicalName?: string
  /** The column with the row's id: `'contactid'`. */
  readonly primaryId?: string
}

/** Columns by logical name. */
export type ColumnMap = Readonly<Record<string, Column>>

/** A table whose columns are known to the type checker. */
export interface Table<
  Columns extends ColumnMap = ColumnMap,
  Id extends string = string,
  Name extends string = string,
> extends TableNames {
  readonly logicalName: Name
  readonly primaryId: Id
  readonly columns: Columns
}

/**
 * Describes a table once; rows, `select` and writes are typed from it.
 *
 * Add your own columns to a shipped table by spreading it. Only the columns you name are read and checked.
 *
 * @example
 * import { contact, defineTable, text } from '@dynacamp/dynamics-client'
 *
 * const ourContact = defineTable({ ...contact, columns: { ...contact.columns, new_loyaltynumber: text() } })
 */
export const defineTable = <
  const Columns extends ColumnMap,
  const Id extends string,
  const Name extends string,
>(
  table: Table<Columns, Id, Name>,
): Table<Columns, Id, Name> => table

/** What every row carries besides its columns. */
export interface RowBase {
  /** `W/"<versionnumber>"`: compare for equality, send back in `ifMatch`. Virtual tables have none. */
  readonly '@odata.etag'?: string
}

/** A row as the wire has it, for tables used without a schema. */
export interface WireRow extends RowBase {
  readonly [column: string]: JsonValue | undefined
}

/** Values to write, as the wire wants them, for tables used without a schema. */
export type WireValues = Readonly<Record<string, JsonValue>>

type Flat<T> = { readonly [Key in keyof T]: T[Key] }
type IdOf<T> = T extends { readonly primaryId: infer Id extends string } ? Id : never
type ColumnsOf<T> = T extends { readonly columns: infer Columns extends ColumnMap } ? Columns : never

/** The names that `select` takes: the columns of a typed table, any text otherwise. */
export type SelectableColumn<T extends TableNames> = T extends { readonly columns: ColumnMap }
  ? (keyof ColumnsOf<T> & string) | IdOf<T>
  : string

type ReadName<Name extends string, C> = C extends LookupColumn ? `_${Name}_value` : Name
type ReadValue<C> = C extends ValueColumn<infer Kind> ? ColumnValues[Kind] | null : string | null

/**
 * A row of table `T` narrowed to the columns `Selected`. The id is always there; a lookup `x` is read as `_x_value`.
 * For a table without a schema it is a `WireRow`.
 */
export type Row<
  T extends TableNames,
  Selected extends SelectableColumn<T> = SelectableColumn<T>,
> = T extends { readonly columns: ColumnMap }
  ? Flat<
      RowBase & { readonly [Id in IdOf<T>]: string } & {
        readonly [Name in Selected & keyof ColumnsOf<T> & string as ReadName<
          Name,
          ColumnsOf<T>[Name]
        >]: ReadValue<ColumnsOf<T>[Name]>
      }
    >
  : WireRow

type WriteValue<C> =
  C extends LookupColumn<infer Target>
    ? Reference<Target> | null
    : C extends ValueColumn<infer Kind>
      ? ColumnValues[Kind] | null
      : never

type ValuesFor<T extends TableNames, Allowed extends ColumnAccess> = T extends {
  readonly columns: ColumnMap
}
  ? {
      readonly [Name in keyof ColumnsOf<T> & string as ColumnsOf<T>[Name]['access'] extends Allowed
        ? Name
        : never]?: WriteValue<ColumnsOf<T>[Name]>
    }
  : WireValues

/** What a create takes. */
export type CreateValues<T extends TableNames> = ValuesFor<T, 'write' | 'create'>
/** What an update takes; `null` clears a column. */
export type UpdateValues<T extends TableNames> = ValuesFor<T, 'write' | 'update'>
/** What an upsert takes: what both a create and an update may send. */
export type UpsertValues<T extends TableNames> = ValuesFor<T, 'write'>
