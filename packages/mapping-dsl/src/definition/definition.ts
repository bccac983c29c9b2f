import type { EntityName } from '../schema/entity.ts'
import type { BlankPolicy, Direction, FieldMapping } from './field-mapping.ts'

/** How contacts of ActiveCampaign become rows of D365: never, when tagged for it, or all in scope. */
export type CreateInDynamics = 'never' | 'tagged' | 'all'

/** What happens in ActiveCampaign to the counterpart of a row that no longer meets the scope. */
export type LeavingPolicy = 'keep' | 'unlink' | 'unsubscribe' | 'archive'

/** What happens in ActiveCampaign to the counterpart of a row that was deleted in D365. */
export type DeletedInDynamicsPolicy = LeavingPolicy | 'delete'

/** What happens in D365 to the counterpart of a record that was deleted in ActiveCampaign. */
export type DeletedInActiveCampaignPolicy = 'keep' | 'unlink' | 'deactivate' | 'delete'

/** Which of several rows with one e-mail address speaks for the contact; `hold`: none, people decide. */
export type SharedEmailPolicy = 'hold' | 'oldest' | 'latestModified'

/** Two mapped fields by which records are recognised as the same. */
export interface MatchPair {
  readonly dynamics: string
  readonly activeCampaign: string
}

/** A criterion in its object syntax, as JSON. */
export type Conditions = Readonly<Record<string, unknown>>

/** What one entity does, with every setting filled in. */
export interface EntityDefinition {
  /** Off: none of its data moves; its settings stay. */
  readonly enabled: boolean
  readonly direction: Direction
  /** Which rows of D365 belong to the sync; `{}` is all of them. */
  readonly scope: Conditions
  /** Which contacts of ActiveCampaign may become rows of D365 when `createInDynamics` is `all`. */
  readonly inboundScope: Conditions
  readonly fields: readonly FieldMapping[]
  readonly createInDynamics: CreateInDynamics
  /** In order, the e-mail address first; empty means by the e-mail address (accounts: by name) alone. */
  readonly match: readonly MatchPair[]
  readonly sharedEmail: SharedEmailPolicy
  readonly leaving: LeavingPolicy
  readonly deleted: {
    readonly inDynamics: DeletedInDynamicsPolicy
    readonly inActiveCampaign: DeletedInActiveCampaignPolicy
  }
}

/** Opportunities flow to records of a custom object, one way. */
export interface OpportunitiesDefinition {
  readonly enabled: boolean
  /** Slug of the custom object. */
  readonly object: string
  readonly scope: Conditions
  readonly fields: readonly FieldMapping[]
}

/** How `donotbulkemail` and its like follow the lists' subscriptions. Opting out always wins. */
export interface OptOutDefinition {
  readonly direction: Direction | 'off'
  /** Boolean columns that all say "do not e-mail". */
  readonly columns: readonly string[]
  /** Ids of the lists that take part. */
  readonly lists: 'all' | readonly string[]
  /** Whether a person who opted out may be subscribed again because D365 says "allow" again. */
  readonly resubscribe: 'never' | 'resubscribe people when Dynamics 365 allows e-mail again'
}

/** The first sync of everything that is there already. */
export interface InitialSync {
  /**
   * Whether contacts that it makes or changes start automations of ActiveCampaign. Held back, they go by bulk import, however
   * few they are: nothing else can.
   */
  readonly automations: 'holdBack' | 'start'
}

/** A run that would do more than this stops before it writes. */
export interface Guards {
  /** Share of linked records that may change in one run, 0 to 1. */
  readonly maxChangedShare?: number
  readonly maxDeletes?: number
  readonly maxUnsubscribes?: number
}

/** Hours between scheduled runs; 24 is once a day. */
export type EveryHours = 1 | 2 | 4 | 6 | 8 | 12 | 24

/** What shall be in sync, as plain JSON: a file, a database row, or the result of `defineSync`. */
export interface SyncDefinition {
  readonly version: 1
  readonly leads?: EntityDefinition
  readonly contacts?: EntityDefinition
  readonly accounts?: EntityDefinition
  readonly opportunities?: OpportunitiesDefinition
  /** Who speaks for an ActiveCampaign contact that is a lead and a contact in D365. */
  readonly sharedContact: 'contact' | 'lead'
  /** What an empty source does, where a field does not say. */
  readonly blank: BlankPolicy
  readonly optOut: OptOutDefinition
  /** Whether the tags of ActiveCampaign's own app are written; they are always read. */
  readonly tags: { readonly write: boolean }
  readonly initialSync: InitialSync
  readonly guards: Guards
  readonly schedule: { readonly everyHours: EveryHours }
}

/** The entities of people and companies, which flow both ways. */
export type PeopleEntity = Exclude<EntityName, 'opportunities'>

/** Opportunities in the shape of the other entities, so that one code reads all. */
export const opportunitiesAsEntity = (opportunities: OpportunitiesDefinition): EntityDefinition => ({
  enabled: opportunities.enabled,
  direction: 'outbound',
  scope: opportunities.scope,
  inboundScope: {},
  fields: opportunities.fields,
  createInDynamics: 'never',
  match: [],
  sharedEmail: 'hold',
  leaving: 'keep',
  deleted: { inDynamics: 'keep', inActiveCampaign: 'keep' },
})

/** An entity's settings, also when it is off; `undefined` when the definition does not name it. */
export const entityOf = (definition: SyncDefinition, name: EntityName): EntityDefinition | undefined => {
  if (name !== 'opportunities') return definition[name]
  return definition.opportunities === undefined ? undefined : opportunitiesAsEntity(definition.opportunities)
}
