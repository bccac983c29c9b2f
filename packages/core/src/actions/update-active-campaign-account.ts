import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/** Fields of a linked account are written in ActiveCampaign, by the account’s id; a changed name among them. */
export interface UpdateActiveCampaignAccount extends ActionBase {
  readonly kind: 'update-active-campaign-account'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<UpdateActiveCampaignAccount, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link UpdateActiveCampaignAccount}. */
export const UpdateActiveCampaignAccount = Object.freeze({
  create: (input: Input): UpdateActiveCampaignAccount => ({
    kind: 'update-active-campaign-account',
    id: actionIdFor('update-active-campaign-account', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 1 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is UpdateActiveCampaignAccount =>
    action.kind === 'update-active-campaign-account',
})
