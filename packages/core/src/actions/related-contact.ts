import type { EntityName } from '@dynacamp/mapping-dsl'

/** The person that a record of a custom object is shown on. */
export interface RelatedContact {
  /** The D365 table of the person. */
  readonly entity: Extract<EntityName, 'contacts' | 'leads'>
  readonly dynamicsId: string
  /** Null while an action of the same plan is to make or find the contact: its id is looked up when that is done. */
  readonly activeCampaignId: string | null
}
