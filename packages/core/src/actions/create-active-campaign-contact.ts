import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/**
 * A D365 row gets its ActiveCampaign contact. The planner has made sure that nobody has the e-mail; where somebody took it
 * since, the service refuses, and the next plan sees both. The id the service answers with completes the link `linkId`.
 */
export interface CreateActiveCampaignContact extends ActionBase {
  readonly kind: 'create-active-campaign-contact'
  readonly dynamicsId: string
  readonly activeCampaignId: null
  /** Names of the tags that the contact gets. */
  readonly tags: readonly string[]
}

type Input = ActionInput &
  Pick<CreateActiveCampaignContact, 'dynamicsId' | 'activeCampaignId'> &
  Partial<Pick<CreateActiveCampaignContact, 'tags'>>

/** Makes and recognises {@link CreateActiveCampaignContact}. */
export const CreateActiveCampaignContact = Object.freeze({
  create: (input: Input): CreateActiveCampaignContact => ({
    kind: 'create-active-campaign-contact',
    id: actionIdFor('create-active-campaign-contact', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 1 + (input.tags?.length ?? 0) },
    tags: [],
    ...input,
  }),
  is: (action: { readonly kind: string }): action is CreateActiveCampaignContact =>
    action.kind === 'create-active-campaign-contact',
})
