import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'
import type { RelatedContact } from './related-contact.ts'

/**
 * An opportunity becomes a record of the custom object, under the row's own GUID as `externalId`: what is there already is
 * found, never made again. One call; where an earlier attempt ended nobody knows how, one more to look first, as a record that
 * is written again starts automations.
 */
export interface CreateActiveCampaignRecord extends ActionBase {
  readonly kind: 'create-active-campaign-record'
  readonly dynamicsId: string
  /** The record's `externalId`: the GUID of the row. */
  readonly activeCampaignId: string
  readonly contact: RelatedContact
}

type Input = ActionInput & Pick<CreateActiveCampaignRecord, 'dynamicsId' | 'activeCampaignId' | 'contact'>

/** Makes and recognises {@link CreateActiveCampaignRecord}. */
export const CreateActiveCampaignRecord = Object.freeze({
  create: (input: Input): CreateActiveCampaignRecord => ({
    kind: 'create-active-campaign-record',
    id: actionIdFor('create-active-campaign-record', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 1 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is CreateActiveCampaignRecord =>
    action.kind === 'create-active-campaign-record',
})
