import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'
import type { RelatedContact } from './related-contact.ts'

/**
 * Fields of an opportunity's record, or the contact it is shown on, are written. Two calls: what becomes of fields that a write
 * leaves out is not documented, so the record is read and all of it is written back with these changes.
 */
export interface UpdateActiveCampaignRecord extends ActionBase {
  readonly kind: 'update-active-campaign-record'
  readonly dynamicsId: string
  /** The record's `externalId`: the GUID of the row. */
  readonly activeCampaignId: string
  /** Null when the record stays on the contact it is on. */
  readonly contact: RelatedContact | null
}

type Input = ActionInput & Pick<UpdateActiveCampaignRecord, 'dynamicsId' | 'activeCampaignId' | 'contact'>

/** Makes and recognises {@link UpdateActiveCampaignRecord}. */
export const UpdateActiveCampaignRecord = Object.freeze({
  create: (input: Input): UpdateActiveCampaignRecord => ({
    kind: 'update-active-campaign-record',
    id: actionIdFor('update-active-campaign-record', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 2 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is UpdateActiveCampaignRecord =>
    action.kind === 'update-active-campaign-record',
})
