import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import type { ObservedCustomObject } from './custom-object.ts'
import type { Candidates, RecordInput } from './record.ts'
import type { References } from './reference.ts'

/** A person's decision about one conflict, for one field (its key, such as `jobtitle:POSITION`) or, with `field` null, all fields of the record. */
export interface Resolution {
  readonly entity: EntityName
  readonly dynamicsId: string
  readonly field: string | null
  readonly winner: 'dynamics' | 'activeCampaign'
}

/** How ActiveCampaign's bulk import is used. */
export interface ImportSettings {
  /**
   * Entities whose contacts are imported however few they are, apart from others: those of an initial sync that holds automations
   * back. One import holds the automations of all its contacts back, or those of none. Default: none.
   */
  readonly heldBack?: readonly EntityName[]
  /** Ids of actions that are treated the same, whatever their entity. Default: none. */
  readonly heldBackActions?: ReadonlySet<string>
  /** Whether a new contact's account goes along, by its name. Default: false. */
  readonly accounts?: boolean
}

/** What the planner is told besides the definition. */
export interface PlanSettings {
  /** Names the customer; part of the GUID a D365 row is created under. */
  readonly tenant: string
  /**
   * Values that differ where nothing was ever in sync (a first match, or a state that was lost):
   * `hold` (default) makes each a held conflict, so that nothing is overwritten unseen;
   * `policy` lets the field's own direction and conflict policy decide, as an initial sync may want it.
   * A blank is filled either way, unless the field's blank policy is `clear`, which makes a blank a value.
   */
  readonly firstLink?: 'hold' | 'policy'
  /** The time of this run, epoch milliseconds: needed by scopes such as "changed in the last 30 days", and by them only. */
  readonly nowMs?: number
  /** How many records are linked in all; what the guard on the share of changes measures against. Default: the plan's. */
  readonly linkedRecords?: number
  /** How bulk import is used; the plan's cost counts by it. */
  readonly imports?: ImportSettings
  /** Decisions of people about held conflicts. */
  readonly resolutions?: readonly Resolution[]
}

/** One batch of one entity. The order of `records` does not matter. */
export interface PlanInput {
  readonly definition: CompiledDefinition
  readonly entity: EntityName
  readonly records: readonly RecordInput[]
  readonly candidates: Candidates
  /** Records of other entities that these refer to. Default: none is known, and each is asked for. */
  readonly references?: References
  /**
   * Opportunities only: the custom object they flow to, as it was last seen. Missing: nobody has looked yet, and every
   * opportunity is held.
   */
  readonly customObject?: ObservedCustomObject
  readonly settings: PlanSettings
}
