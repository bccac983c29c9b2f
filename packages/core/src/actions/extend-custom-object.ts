import type { ObjectField } from '../model/custom-object.ts'
import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'

/**
 * The custom object gets fields, or options of fields, that the definition has and it lacks. Nothing that is there is removed,
 * retyped or made required. The service takes a whole object, so the executor reads it first: two calls.
 */
export interface ExtendCustomObject extends ActionBase {
  readonly kind: 'extend-custom-object'
  /** It is about no record. */
  readonly dynamicsId: null
  readonly activeCampaignId: null
  /** The object's slug, such as `d365-opportunity`. */
  readonly object: string
  /** Fields that are missing, and fields that lack options, each in full. */
  readonly fields: readonly ObjectField[]
}

type Input = ActionInput & Pick<ExtendCustomObject, 'dynamicsId' | 'activeCampaignId' | 'object' | 'fields'>

/** Makes and recognises {@link ExtendCustomObject}. */
export const ExtendCustomObject = Object.freeze({
  create: (input: Input): ExtendCustomObject => ({
    kind: 'extend-custom-object',
    id: `extend-custom-object:${input.entity}:${input.object}`,
    linkId: linkIdFor(input.entity, input.object),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 2 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is ExtendCustomObject =>
    action.kind === 'extend-custom-object',
})
