import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/**
 * A person is subscribed to lists again. Planned only where the definition says so in as many words, and D365 recorded
 * that the person allows e-mail again.
 */
export interface ResubscribeActiveCampaignContact extends ActionBase {
  readonly kind: 'resubscribe-active-campaign-contact'
  readonly dynamicsId: string
  readonly activeCampaignId: string
  /** Ids of the lists, sorted; those of the contact that the definition lets take part. */
  readonly lists: readonly string[]
}

type Input = ActionInput & Pick<ResubscribeActiveCampaignContact, 'dynamicsId' | 'activeCampaignId' | 'lists'>

/** Makes and recognises {@link ResubscribeActiveCampaignContact}. */
export const ResubscribeActiveCampaignContact = Object.freeze({
  create: (input: Input): ResubscribeActiveCampaignContact => ({
    kind: 'resubscribe-active-campaign-contact',
    id: actionIdFor('resubscribe-active-campaign-contact', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: input.lists.length },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is ResubscribeActiveCampaignContact =>
    action.kind === 'resubscribe-active-campaign-contact',
})
