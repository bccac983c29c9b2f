import type { MatchRule } from '@dynacamp/mapping-dsl'
import type { Link } from '../model/link.ts'
import type { ActiveCampaignObservation, DynamicsObservation } from '../model/observation.ts'

/** A D365 row and an ActiveCampaign contact that are one person, with what links them, if anything does yet. */
export interface Pair {
  readonly link: Link | undefined
  readonly dynamics: DynamicsObservation
  readonly activeCampaign: ActiveCampaignObservation
  /** The rule that found the two, where nothing links them yet. Default: the first. */
  readonly rule?: MatchRule
  /** The link that becomes this pair's, and why. */
  readonly takesOver?: { readonly link: Link; readonly because: string }
}
