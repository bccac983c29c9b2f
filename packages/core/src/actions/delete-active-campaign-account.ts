import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/**
 * The account of a row that was deleted in D365 is deleted, because the definition says so; its contacts stay, without an
 * account. It cannot be undone.
 */
export interface DeleteActiveCampaignAccount extends ActionBase {
  readonly kind: 'delete-active-campaign-account'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<DeleteActiveCampaignAccount, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link DeleteActiveCampaignAccount}. */
export const DeleteActiveCampaignAccount = Object.freeze({
  create: (input: Input): DeleteActiveCampaignAccount => ({
    kind: 'delete-active-campaign-account',
    id: actionIdFor('delete-active-campaign-account', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 1 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is DeleteActiveCampaignAccount =>
    action.kind === 'delete-active-campaign-account',
})
