import type { Conversion } from '../codec/conversion.ts'
import type { Fields } from '../codec/value.ts'
import type { CreateInDynamics, Guards } from '../definition/definition.ts'
import type { BlankPolicy, ConflictPolicy, Direction } from '../definition/field-mapping.ts'
import type { EntityName } from '../schema/entity.ts'

/** One mapped pair of fields, ready to use: settings filled in, conversions built. */
export interface CompiledField extends Conversion {
  /** Unique in its entity and stable, such as `emailaddress1:email`. */
  readonly key: string
  readonly dynamics: string
  readonly activeCampaign: string
  readonly direction: Direction
  readonly conflict: ConflictPolicy
  readonly blank: BlankPolicy
  readonly sensitive: boolean
}

/** A way to recognise that two records are one person: equal keys match, `undefined` matches nothing. */
export interface MatchRule {
  readonly dynamics: string
  readonly activeCampaign: string
  dynamicsKey(fields: Fields): string | undefined
  activeCampaignKey(fields: Fields): string | undefined
}

/** One entity, ready to use. */
export interface CompiledEntity {
  readonly entity: EntityName
  readonly direction: Direction
  readonly fields: readonly CompiledField[]
  /** Whether a D365 row belongs to the sync, by its wire values. */
  inScope(fields: Fields): boolean
  /** The scope in English. */
  readonly scopeSentence: string
  readonly createInDynamics: CreateInDynamics
  /** In order; the first is the e-mail address. */
  readonly match: readonly MatchRule[]
}

/** A definition, ready to use: frozen, nothing is interpreted per record. */
export interface CompiledDefinition {
  /** Names the definition and the types it was compiled with: equal hashes behave alike. */
  readonly hash: string
  readonly entities: readonly CompiledEntity[]
  readonly guards: Guards
}
