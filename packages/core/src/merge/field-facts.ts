import type { CompiledField, Direction } from '@dynacamp/mapping-dsl'

/**
 * Everything a merge decision depends on, and nothing else. The domain is finite, so that the truth table of
 * docs/behaviour.md can be written out and checked row by row.
 */
export interface FieldFacts {
  readonly direction: Direction
  readonly conflict: CompiledField['conflict']
  readonly blank: CompiledField['blank']
  /** The field was in sync before; otherwise this is its first link. */
  readonly hasBase: boolean
  /** D365 differs from D365's own base. */
  readonly dynamicsChanged: boolean
  /** ActiveCampaign differs from ActiveCampaign's own base. */
  readonly activeCampaignChanged: boolean
  /** Both hold the same, as far as the pair of types can carry it. */
  readonly equivalent: boolean
  readonly dynamicsBlank: boolean
  readonly activeCampaignBlank: boolean
  readonly firstLink: 'hold' | 'policy'
  /** Which record changed last, where both times are known. */
  readonly newer: 'dynamics' | 'activeCampaign' | 'unknown'
  /** What a person decided, if anybody did. */
  readonly resolution: 'dynamics' | 'activeCampaign' | undefined
}
