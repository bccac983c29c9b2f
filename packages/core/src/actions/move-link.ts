import { type Link, linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/**
 * A link goes over, in one step: to the row that another was merged into, to the contact that a lead was qualified to, or
 * to the contact that stands for one that is gone. The old base is forgotten: nobody compared the new two yet. No call.
 */
export interface MoveLink extends ActionBase {
  readonly kind: 'move-link'
  readonly dynamicsId: string
  readonly activeCampaignId: string
  /** The link that ends. */
  readonly from: Pick<Link, 'id' | 'entity' | 'dynamicsId' | 'activeCampaignId'>
}

type Input = ActionInput & Pick<MoveLink, 'dynamicsId' | 'activeCampaignId' | 'from'>

/** Makes and recognises {@link MoveLink}. */
export const MoveLink = Object.freeze({
  create: (input: Input): MoveLink => ({
    kind: 'move-link',
    id: actionIdFor('move-link', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 0 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is MoveLink => action.kind === 'move-link',
})
