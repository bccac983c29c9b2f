import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/**
 * A D365 account gets its ActiveCampaign account. The planner has made sure that none has the name, whatever its case; where
 * somebody took it since, the service refuses, and the next plan sees both. The id the service answers with completes the
 * link `linkId`, and lets the contacts go on that wait for it.
 */
export interface CreateActiveCampaignAccount extends ActionBase {
  readonly kind: 'create-active-campaign-account'
  readonly dynamicsId: string
  readonly activeCampaignId: null
}

type Input = ActionInput & Pick<CreateActiveCampaignAccount, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link CreateActiveCampaignAccount}. */
export const CreateActiveCampaignAccount = Object.freeze({
  create: (input: Input): CreateActiveCampaignAccount => ({
    kind: 'create-active-campaign-account',
    id: actionIdFor('create-active-campaign-account', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 1 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is CreateActiveCampaignAccount =>
    action.kind === 'create-active-campaign-account',
})
