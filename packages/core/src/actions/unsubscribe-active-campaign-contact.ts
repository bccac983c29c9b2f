import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/** A person is unsubscribed from lists: because they opted out in D365, or because their row left the sync. */
export interface UnsubscribeActiveCampaignContact extends ActionBase {
  readonly kind: 'unsubscribe-active-campaign-contact'
  readonly dynamicsId: string
  readonly activeCampaignId: string
  /** Ids of the lists, sorted; those of the contact that the definition lets take part. */
  readonly lists: readonly string[]
}

type Input = ActionInput & Pick<UnsubscribeActiveCampaignContact, 'dynamicsId' | 'activeCampaignId' | 'lists'>

/** Makes and recognises {@link UnsubscribeActiveCampaignContact}. */
export const UnsubscribeActiveCampaignContact = Object.freeze({
  create: (input: Input): UnsubscribeActiveCampaignContact => ({
    kind: 'unsubscribe-active-campaign-contact',
    id: actionIdFor('unsubscribe-active-campaign-contact', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: input.lists.length },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is UnsubscribeActiveCampaignContact =>
    action.kind === 'unsubscribe-active-campaign-contact',
})
