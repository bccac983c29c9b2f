import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/** A contact gets tags by which ActiveCampaign's own app knows its contacts. Tags are only ever added. */
export interface AddActiveCampaignTags extends ActionBase {
  readonly kind: 'add-active-campaign-tags'
  readonly dynamicsId: string
  readonly activeCampaignId: string
  /** Names of the tags. */
  readonly tags: readonly string[]
}

type Input = ActionInput & Pick<AddActiveCampaignTags, 'dynamicsId' | 'activeCampaignId' | 'tags'>

/** Makes and recognises {@link AddActiveCampaignTags}. */
export const AddActiveCampaignTags = Object.freeze({
  create: (input: Input): AddActiveCampaignTags => ({
    kind: 'add-active-campaign-tags',
    id: actionIdFor('add-active-campaign-tags', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: input.tags.length },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is AddActiveCampaignTags =>
    action.kind === 'add-active-campaign-tags',
})
