import type { StandardTable } from './standard-tables.ts'

/** What JSON carries for each kind of column. Source: the type table of the Web API's metadata documentation. */
export interface ColumnValues {
  readonly text: string
  /** Beyond 2^53 the row is a problem rather than a rounded number. */
  readonly integer: number
  readonly decimal: number
  readonly money: number
  readonly boolean: boolean
  /** The option's number; the label is a formatted value. */
  readonly choice: number
  /** Multi-select: option numbers joined with a comma, `'1,9'`, in no promised order. */
  readonly choices: string
  /** An instant, `'2026-04-07T21:59:01Z'`, whole seconds. */
  readonly dateTime: string
  /** A calendar day, `'2026-04-07'`. */
  readonly dateOnly: string
  readonly guid: string
}

/** The kinds of columns that hold a value of their own. */
export type ColumnKind = keyof ColumnValues

/** When a value may be sent: always, only in a create, only in an update, never. */
export type ColumnAccess = 'write' | 'create' | 'update' | 'read'

/** A column that holds a value of its own. */
export interface ValueColumn<
  Kind extends ColumnKind = ColumnKind,
  Access extends ColumnAccess = ColumnAccess,
> {
  readonly kind: Kind
  readonly access: Access
}

/** A target of a lookup: a standard table's logical name, or the two names of a custom one. */
export type LookupTarget = StandardTable | { readonly logicalName: string; readonly entitySet: string }

/** A column that refers to a row of another table. */
export interface LookupColumn<Target extends string = string, Access extends ColumnAccess = ColumnAccess> {
  readonly kind: 'lookup'
  readonly access: Access
  readonly targets: readonly LookupTarget[]
  readonly schemaName?: string
  readonly navigation?: 'perTarget' | 'single'
  /** Only for the type checker: the logical names a reference may have. */
  readonly references?: Target
}

/** What a schema says of a column. */
export type Column = ValueColumn | LookupColumn

type TargetName<Target extends LookupTarget> = Target extends {
  readonly logicalName: infer Name extends string
}
  ? Name
  : Target & string

const valueColumn =
  <Kind extends ColumnKind>(kind: Kind) =>
  (): ValueColumn<Kind, 'write'> => ({ kind, access: 'write' })

/**
 * A text column, single line or memo.
 * @example
 * const columns = { firstname: text() }
 */
export const text = valueColumn('text')
/**
 * A whole number.
 * @example
 * const columns = { numberofchildren: integer() }
 */
export const integer = valueColumn('integer')
/**
 * A decimal or floating point number.
 * @example
 * const columns = { address1_latitude: decimal() }
 */
export const decimal = valueColumn('decimal')
/**
 * An amount in the row's currency.
 * @example
 * const columns = { revenue: money() }
 */
export const money = valueColumn('money')
/**
 * Yes or no.
 * @example
 * const columns = { donotbulkemail: boolean() }
 */
export const boolean = valueColumn('boolean')
/**
 * One option, as its number.
 * @example
 * const columns = { statuscode: choice() }
 */
export const choice = valueColumn('choice')
/**
 * Several options, as `'1,9'`.
 * @example
 * const columns = { new_interests: choices() }
 */
export const choices = valueColumn('choices')
/**
 * An instant in UTC.
 * @example
 * const columns = { lastonholdtime: dateTime() }
 */
export const dateTime = valueColumn('dateTime')
/**
 * A day without a time zone.
 * @example
 * const columns = { birthdate: dateOnly() }
 */
export const dateOnly = valueColumn('dateOnly')
/**
 * An identifier that is not a lookup.
 * @example
 * const columns = { azureactivedirectoryobjectid: guid() }
 */
export const guid = valueColumn('guid')

/**
 * A lookup. Reads come as `_<column>_value`; writes take a `reference()`.
 *
 * The name of the navigation property follows from the targets: one target, the column's own name; several,
 * `<column>_<target>`. Custom columns use the casing of their SchemaName there, so give it. `navigation: 'single'`
 * is for owners, whose two targets share one navigation property.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/web-api-properties
 * @example
 * import { defineTable, lookup, text } from '@dynacamp/dynamics-client'
 *
 * const project = defineTable({
 *   entitySet: 'new_projects',
 *   logicalName: 'new_project',
 *   primaryId: 'new_projectid',
 *   columns: { new_name: text(), new_customer: lookup(['account', 'contact'], { schemaName: 'new_Customer' }) },
 * })
 */
export const lookup = <const Targets extends readonly [LookupTarget, ...LookupTarget[]]>(
  targets: Targets,
  options: { readonly schemaName?: string; readonly navigation?: 'perTarget' | 'single' } = {},
): LookupColumn<TargetName<Targets[number]>, 'write'> => ({
  kind: 'lookup',
  access: 'write',
  targets,
  ...options,
})

/**
 * The same column, sent neither in a create nor in an update.
 * @example
 * const columns = { fullname: readOnly(text()) }
 */
export function readOnly<Kind extends ColumnKind>(column: ValueColumn<Kind>): ValueColumn<Kind, 'read'>
export function readOnly<Target extends string>(column: LookupColumn<Target>): LookupColumn<Target, 'read'>
export function readOnly(column: Column): Column {
  return { ...column, access: 'read' }
}

/**
 * The same column, sent in a create only.
 * @example
 * const columns = { overriddencreatedon: createOnly(dateTime()) }
 */
export function createOnly<Kind extends ColumnKind>(column: ValueColumn<Kind>): ValueColumn<Kind, 'create'>
export function createOnly<Target extends string>(
  column: LookupColumn<Target>,
): LookupColumn<Target, 'create'>
export function createOnly(column: Column): Column {
  return { ...column, access: 'create' }
}

/**
 * The same column, sent in an update only, as `statecode` is.
 * @example
 * const columns = { statecode: updateOnly(choice()) }
 */
export function updateOnly<Kind extends ColumnKind>(column: ValueColumn<Kind>): ValueColumn<Kind, 'update'>
export function updateOnly<Target extends string>(
  column: LookupColumn<Target>,
): LookupColumn<Target, 'update'>
export function updateOnly(column: Column): Column {
  return { ...column, access: 'update' }
}
