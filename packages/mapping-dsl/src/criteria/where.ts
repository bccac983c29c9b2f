import type { TimeUnit } from './criterion.ts'
import type { families } from './family.ts'

/** Equality and presence. `null` means "is empty". */
interface Equality<V> {
  readonly equals?: V | null
  readonly not?: V | null
  readonly in?: readonly V[]
  readonly notIn?: readonly V[]
  readonly isSet?: boolean
}

interface TextOperators extends Equality<string> {
  readonly contains?: string
  readonly startsWith?: string
  readonly endsWith?: string
}

interface NumberOperators extends Equality<number> {
  readonly gt?: number
  readonly gte?: number
  readonly lt?: number
  readonly lte?: number
  /** Both ends belong to it. */
  readonly between?: readonly [number, number]
}

/** A span of time in one unit, such as `{ days: 30 }`. */
export type Span = {
  [Unit in TimeUnit]: { readonly [U in Unit]: number } & { readonly [U in Exclude<TimeUnit, Unit>]?: never }
}[TimeUnit]

interface TimeOperators {
  readonly before?: string
  readonly after?: string
  readonly onOrBefore?: string
  readonly onOrAfter?: string
  /** Both ends belong to it. */
  readonly between?: readonly [string, string]
  readonly inLast?: Span
  readonly inNext?: Span
  readonly olderThan?: Span
  readonly isSet?: boolean
}

interface DayOperators extends TimeOperators {
  readonly equals?: string | null
  readonly not?: string | null
}

interface OptionsOperators<L> {
  readonly hasAny?: readonly L[]
  readonly hasNone?: readonly L[]
  readonly isSet?: boolean
}

type LabelOf<C> = C extends { readonly options: readonly (infer L extends string)[] }
  ? L
  : C extends { readonly options: infer O }
    ? O[keyof O] & string
    : string

type Conditions<Label> = {
  readonly text: string | null | TextOperators
  readonly number: number | null | NumberOperators
  readonly boolean:
    | boolean
    | null
    | { readonly equals?: boolean | null; readonly not?: boolean | null; readonly isSet?: boolean }
  readonly option: Label | null | Equality<Label>
  readonly options: null | OptionsOperators<Label>
  readonly day: string | null | DayOperators
  readonly instant: null | TimeOperators
  readonly reference: string | null | Equality<string>
  readonly id: string | null | Equality<string>
}

/** What can be said about a column or field of this type. */
export type ConditionOn<C> = C extends { readonly type: infer T extends keyof typeof families }
  ? Conditions<LabelOf<C>>[(typeof families)[T]]
  : never

/**
 * What a record must meet: conditions on its fields, all of which must hold, and `AND`, `OR`, `NOT` to combine
 * them. A plain value means "equals", `null` means "is empty"; `undefined` is refused.
 *
 * @example
 * ```ts
 * import type { standardSchema, Where } from '@dynacamp/mapping-dsl'
 *
 * export const scope: Where<typeof standardSchema.dynamics.contacts> = {
 *   statecode: 'Active',
 *   emailaddress1: { isSet: true },
 *   OR: [{ jobtitle: { contains: 'director' } }, { createdon: { inLast: { days: 30 } } }],
 * }
 * ```
 */
export type Where<Columns> = { readonly [Name in keyof Columns]?: ConditionOn<Columns[Name]> } & {
  readonly AND?: readonly Where<Columns>[]
  readonly OR?: readonly Where<Columns>[]
  readonly NOT?: Where<Columns>
}
