import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/**
 * The state remembers that the two are one, and the fields in `settles` as in sync. No call. On a pair that is linked
 * already it brings the base up to date where both sides came to the same value by themselves.
 */
export interface LinkRecords extends ActionBase {
  readonly kind: 'link-records'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<LinkRecords, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link LinkRecords}. */
export const LinkRecords = Object.freeze({
  create: (input: Input): LinkRecords => ({
    kind: 'link-records',
    id: actionIdFor('link-records', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 0 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is LinkRecords => action.kind === 'link-records',
})
