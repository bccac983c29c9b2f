/** What the planner uses of a compiled definition. Replaced by the types of `@dynacamp/mapping-dsl`. */
export type EntityName = 'contacts' | 'leads' | 'accounts' | 'opportunities'
export type FieldValue = string | number | boolean | null | readonly string[] | readonly number[]
export type Fields = Readonly<Record<string, FieldValue>>
export type Direction = 'bidirectional' | 'outbound' | 'inbound'

export type Converted =
  | { readonly ok: true; readonly value: FieldValue }
  | { readonly ok: false; readonly code: string; readonly message: string }

export interface CompiledField {
  readonly key: string
  readonly dynamics: string
  readonly activeCampaign: string
  readonly direction: Direction
  readonly conflict: 'dynamicsWins' | 'activeCampaignWins' | 'mostRecent' | 'hold'
  readonly blank: 'ignoreBlank' | 'clear' | 'onlyIfEmpty'
  readonly sensitive: boolean
  toActiveCampaign(value: FieldValue): Converted
  toDynamics(value: FieldValue): Converted
  equivalent(dynamics: FieldValue, activeCampaign: FieldValue): boolean
  sameInDynamics(a: FieldValue, b: FieldValue): boolean
  sameInActiveCampaign(a: FieldValue, b: FieldValue): boolean
}

export interface CompiledEntity {
  readonly entity: EntityName
  readonly direction: Direction
  readonly fields: readonly CompiledField[]
  readonly scopeSentence: string
  readonly createInDynamics: 'never' | 'tagged' | 'all'
  inScope(fields: Fields): boolean
}

export interface CompiledDefinition {
  readonly hash: string
  readonly entities: readonly CompiledEntity[]
}
