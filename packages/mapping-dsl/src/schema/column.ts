import type { EntityName } from './entity.ts'

/**
 * Whether a client may write a column: `write` on create and update, `create` and `update` on one of them
 * only, `read` never.
 *
 * Source: `IsValidForCreate` and `IsValidForUpdate` of the column's metadata,
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api
 */
export type Access = 'write' | 'create' | 'update' | 'read'

/** What every column may say about itself besides its type. */
export interface ColumnTraits {
  /** Default: `write`. */
  readonly access?: Access
  /** `business`: asked for by forms, not by the API; `system`: the API refuses a row without it. */
  readonly required?: 'business' | 'system'
  /** Name shown to people, when it is not the logical name. */
  readonly label?: string
}

/** The choices of a column: option value to label, in one language. */
export type Options = Readonly<Record<number, string>>

/** A column whose type has no further settings. */
export interface SimpleColumn<Type extends string> extends ColumnTraits {
  readonly type: Type
}

/** A column of text; `maxLength` counts UTF-16 units, as Dataverse does. */
export interface TextColumn<Type extends string = 'text' | 'memo' | 'email' | 'phone' | 'url'>
  extends ColumnTraits {
  readonly type: Type
  readonly maxLength: number
  /** Not a column of the table: the texts of these columns, joined with `separator`. */
  readonly joins?: readonly string[]
  readonly separator?: string
}

/** A column of numbers; `precision` is the number of digits after the point. */
export interface NumberColumn<Type extends string = 'wholeNumber' | 'decimal' | 'float' | 'money'>
  extends ColumnTraits {
  readonly type: Type
  readonly min?: number
  readonly max?: number
  readonly precision?: number
}

/** Yes or no, with the labels people see. */
export interface BooleanColumn extends ColumnTraits {
  readonly type: 'boolean'
  readonly labels: { readonly true: string; readonly false: string }
}

/** One or many of a closed list. */
export interface OptionColumn<Type extends string, O extends Options = Options> extends ColumnTraits {
  readonly type: Type
  readonly options: O
}

/** A point in time, or (time-zone independent) the reading of a wall clock. */
export interface DateTimeColumn extends ColumnTraits {
  readonly type: 'dateTime'
  readonly behavior: 'userLocal' | 'timeZoneIndependent'
}

/** A reference to a row of one of `targets`. */
export interface LookupColumn extends ColumnTraits {
  readonly type: 'lookup'
  readonly targets: readonly string[]
  /**
   * The navigation properties that writes go through, by target, where they are not the column's own name (of several targets,
   * `<column>_<target>`). Their case counts, and custom lookups have capitals:
   * `ReferencingEntityNavigationPropertyName` of the table's ManyToOneRelationships,
   * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/web-api-navigation-properties
   */
  readonly navigation?: Readonly<Record<string, string>>
}

/**
 * The navigation property of a lookup where its column does not name another.
 *
 * @example
 * ```ts
 * import { usualNavigation } from '@dynacamp/mapping-dsl'
 *
 * console.log(usualNavigation('parentcustomerid', ['account', 'contact'], 'account')) // parentcustomerid_account
 * ```
 */
export const usualNavigation = (name: string, targets: readonly string[], target: string): string =>
  targets.length > 1 ? `${name}_${target}` : name

/** A column of a D365 table, as data. */
export type Column =
  | TextColumn
  | NumberColumn
  | SimpleColumn<'bigInt' | 'dateOnly' | 'owner' | 'uniqueId'>
  | BooleanColumn
  | OptionColumn<'choice' | 'choices' | 'state' | 'status'>
  | DateTimeColumn
  | LookupColumn

/** Name of a column's type. */
export type ColumnType = Column['type']

/** The columns of a table by logical name. */
export type Columns = Readonly<Record<string, Column>>

/** The D365 side of a schema: the columns of each synchronised table. */
export type DynamicsTables = Readonly<Partial<Record<EntityName, Columns>>>

const text =
  <const Type extends TextColumn['type']>(type: Type, defaultLength: number) =>
  (maxLength: number = defaultLength, traits?: ColumnTraits): TextColumn<Type> => ({
    type,
    maxLength,
    ...traits,
  })

type NumberTraits = ColumnTraits & {
  readonly min?: number
  readonly max?: number
  readonly precision?: number
}

const number =
  <const Type extends NumberColumn['type']>(type: Type) =>
  (traits?: NumberTraits): NumberColumn<Type> => ({ type, ...traits })

const simple =
  <const Type extends string>(type: Type) =>
  (traits?: ColumnTraits): SimpleColumn<Type> => ({ type, ...traits })

const option =
  <const Type extends string>(type: Type, defaults: ColumnTraits = {}) =>
  <const O extends Options>(options: O, traits?: ColumnTraits): OptionColumn<Type, O> => ({
    type,
    options,
    ...defaults,
    ...traits,
  })

/**
 * Makes columns of D365 tables. Shapes and lengths: Dataverse column metadata.
 *
 * @example
 * ```ts
 * import { column, extendSchema, field, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * export const schema = extendSchema(standardSchema, {
 *   dynamics: { contacts: { new_segment: column.choice({ 1: 'Gold', 2: 'Silver' }) } },
 *   activeCampaign: { contacts: { SEGMENT: field.dropdown(['Gold', 'Silver']) } },
 * })
 * ```
 */
export const column = {
  text: text('text', 100),
  memo: text('memo', 2000),
  email: text('email', 100),
  phone: text('phone', 50),
  url: text('url', 200),
  wholeNumber: number('wholeNumber'),
  decimal: number('decimal'),
  float: number('float'),
  money: number('money'),
  bigInt: simple('bigInt'),
  dateOnly: simple('dateOnly'),
  owner: simple('owner'),
  uniqueId: simple('uniqueId'),
  choice: option('choice'),
  choices: option('choices'),
  state: option('state', { access: 'update' }),
  status: option('status'),
  boolean: (traits?: ColumnTraits & { readonly labels?: BooleanColumn['labels'] }): BooleanColumn => ({
    type: 'boolean',
    labels: { true: 'Yes', false: 'No' },
    ...traits,
  }),
  dateTime: (traits?: ColumnTraits & { readonly behavior?: DateTimeColumn['behavior'] }): DateTimeColumn => ({
    type: 'dateTime',
    behavior: 'userLocal',
    ...traits,
  }),
  /** Several text columns as one, outbound only; the empty ones are left out. */
  joined: (joins: readonly string[], separator = ' '): TextColumn<'text'> => ({
    type: 'text',
    maxLength: 4000,
    access: 'read',
    joins,
    separator,
  }),
  lookup: (
    targets: readonly string[],
    traits?: ColumnTraits & Pick<LookupColumn, 'navigation'>,
  ): LookupColumn => ({
    type: 'lookup',
    targets,
    ...traits,
  }),
} as const
