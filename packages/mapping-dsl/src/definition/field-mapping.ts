import type { Flow } from '../codec/compatibility.ts'
import type { builtInTransforms } from '../transform/built-in.ts'

/** Which way values flow; `outbound` is from D365 to ActiveCampaign. */
export type Direction = Flow

/** Who wins when both sides changed a field since it was last in sync. */
export type ConflictPolicy = 'dynamicsWins' | 'activeCampaignWins' | 'mostRecent' | 'hold'

/** What an empty source does: nothing, empty the target, or (for a filled source) fill only empty targets. */
export type BlankPolicy = 'ignoreBlank' | 'clear' | 'onlyIfEmpty'

/** Types of a custom object's fields. */
export type ObjectFieldType =
  | 'text'
  | 'textarea'
  | 'date'
  | 'datetime'
  | 'dropdown'
  | 'multiselect'
  | 'number'
  | 'currency'

/** The built-in names first, so that an editor offers them; a host has its own. */
type TransformName = keyof typeof builtInTransforms | (string & Record<never, never>)

/** A transform by name, with its parameters when it takes any. */
export type TransformCall =
  | TransformName
  | { readonly name: TransformName; readonly with: Readonly<Record<string, string | number | boolean>> }

/** What a mapping may say besides its two fields. What it leaves out follows from the entity. */
export interface MapOptions {
  /** Only where the entity is bidirectional; refused elsewhere, also when it says the same. Default: the entity's. */
  readonly direction?: Direction
  /** Default: the source wins where the field flows one way, else `dynamicsWins`. */
  readonly conflict?: ConflictPolicy
  /** Default: `ignoreBlank`. */
  readonly blank?: BlankPolicy
  /** Values never appear in logs and rendered plans. Default: `false`. */
  readonly sensitive?: boolean
  /** Names of options, where they differ: label in D365 to option in ActiveCampaign. */
  readonly choices?: Readonly<Record<string, string>>
  /** Transforms by name, applied in order on the way to ActiveCampaign and undone on the way back. */
  readonly via?: readonly TransformCall[]
  /** Opportunities only, and needed there: the type of the custom object's field. Permanent once saved. */
  readonly as?: ObjectFieldType
  /** Opportunities only: ISO 4217 code of a `currency` field. */
  readonly currency?: string
  /** Opportunities only: whether the custom object refuses records without it. */
  readonly required?: boolean
  /** Opportunities only: `false` stops the field's data and leaves the field in the object. */
  readonly enabled?: boolean
}

/** One column of D365 mapped to one field of ActiveCampaign, as plain JSON. */
export type FieldMapping<
  D extends string = string,
  A extends string = string,
  O extends MapOptions = MapOptions,
> = { readonly dynamics: D; readonly activeCampaign: A } & Readonly<O>

/**
 * Maps a D365 column to an ActiveCampaign field. Whether the two fit is checked by `defineSync`, which knows
 * the schema.
 *
 * @example
 * ```ts
 * import { map } from '@dynacamp/mapping-dsl'
 *
 * export const mapping = map('jobtitle', 'POSITION', { direction: 'outbound' })
 * ```
 */
export function map<const D extends string, const A extends string>(
  dynamics: D,
  activeCampaign: A,
): FieldMapping<D, A, Record<never, never>>
export function map<const D extends string, const A extends string, const O extends MapOptions>(
  dynamics: D,
  activeCampaign: A,
  options: O & { readonly [K in Exclude<keyof O, keyof MapOptions>]: never },
): FieldMapping<D, A, O>
export function map(dynamics: string, activeCampaign: string, options: MapOptions = {}): FieldMapping {
  return { dynamics, activeCampaign, ...options }
}
