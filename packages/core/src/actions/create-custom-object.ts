import type { ObjectField } from '../model/custom-object.ts'
import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'

/** The custom object that opportunities flow to is made, with all its fields and its relation to contacts. It is permanent. */
export interface CreateCustomObject extends ActionBase {
  readonly kind: 'create-custom-object'
  /** It is about no record. */
  readonly dynamicsId: null
  readonly activeCampaignId: null
  /** The object's slug, such as `d365-opportunity`. */
  readonly object: string
  readonly fields: readonly ObjectField[]
}

type Input = ActionInput & Pick<CreateCustomObject, 'dynamicsId' | 'activeCampaignId' | 'object' | 'fields'>

/** Makes and recognises {@link CreateCustomObject}. */
export const CreateCustomObject = Object.freeze({
  create: (input: Input): CreateCustomObject => ({
    kind: 'create-custom-object',
    id: `create-custom-object:${input.entity}:${input.object}`,
    linkId: linkIdFor(input.entity, input.object),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 1 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is CreateCustomObject =>
    action.kind === 'create-custom-object',
})
