import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/** Fields of a linked contact are written in ActiveCampaign, by the contact’s id; a changed e-mail among them. */
export interface UpdateActiveCampaignContact extends ActionBase {
  readonly kind: 'update-active-campaign-contact'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<UpdateActiveCampaignContact, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link UpdateActiveCampaignContact}. */
export const UpdateActiveCampaignContact = Object.freeze({
  create: (input: Input): UpdateActiveCampaignContact => ({
    kind: 'update-active-campaign-contact',
    id: actionIdFor('update-active-campaign-contact', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    // One more look at the contact, as ActiveCampaign has no ETag, then the write.
    cost: { dynamics: 0, activeCampaign: 2 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is UpdateActiveCampaignContact =>
    action.kind === 'update-active-campaign-contact',
})
