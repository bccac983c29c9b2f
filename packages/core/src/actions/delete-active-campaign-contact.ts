import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/** The contact of a row that was deleted in D365 is deleted, because the definition says so. It cannot be undone. */
export interface DeleteActiveCampaignContact extends ActionBase {
  readonly kind: 'delete-active-campaign-contact'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<DeleteActiveCampaignContact, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link DeleteActiveCampaignContact}. */
export const DeleteActiveCampaignContact = Object.freeze({
  create: (input: Input): DeleteActiveCampaignContact => ({
    kind: 'delete-active-campaign-contact',
    id: actionIdFor('delete-active-campaign-contact', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    // One more look at the contact, as ActiveCampaign has no ETag, then the deletion.
    cost: { dynamics: 0, activeCampaign: 2 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is DeleteActiveCampaignContact =>
    action.kind === 'delete-active-campaign-contact',
})
