import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/**
 * A contact gets the account that its row in D365 has, moves to it, or leaves the one it has. ActiveCampaign gives a contact one
 * account at most and moves none: a move is a delete and a create
 * (https://developers.activecampaign.com/reference/create-an-account-1).
 */
export interface SetActiveCampaignAccount extends ActionBase {
  readonly kind: 'set-active-campaign-account'
  readonly dynamicsId: string
  /** Null while the contact is to be created: by the first action in `dependsOn`. */
  readonly activeCampaignId: string | null
  /**
   * The account by its ids; the one in ActiveCampaign is null while the account is to be created, and so is `after` of the
   * change. Null as a whole: the contact leaves its account.
   */
  readonly account: {
    readonly dynamicsId: string | null
    readonly activeCampaignId: string | null
    readonly title: string | null
  } | null
}

type Input = ActionInput & Pick<SetActiveCampaignAccount, 'dynamicsId' | 'activeCampaignId' | 'account'>

/** A look, unless the contact is new; one call, and one more for what is left behind. */
const callsOf = ({ activeCampaignId, account, changes }: Input): number =>
  (activeCampaignId === null ? 0 : 1) +
  (account === null ? 0 : 1) +
  changes.filter(({ before }) => before !== null && before !== '').length

/** Makes and recognises {@link SetActiveCampaignAccount}. */
export const SetActiveCampaignAccount = Object.freeze({
  create: (input: Input): SetActiveCampaignAccount => ({
    kind: 'set-active-campaign-account',
    id: actionIdFor('set-active-campaign-account', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: callsOf(input) },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is SetActiveCampaignAccount =>
    action.kind === 'set-active-campaign-account',
})
