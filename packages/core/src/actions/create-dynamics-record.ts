import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/**
 * An ActiveCampaign contact becomes a D365 row under a GUID made from its id (`dynamicsIdFor`), with `If-None-Match: *`:
 * sent twice, it is created once.
 */
export interface CreateDynamicsRecord extends ActionBase {
  readonly kind: 'create-dynamics-record'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<CreateDynamicsRecord, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link CreateDynamicsRecord}. */
export const CreateDynamicsRecord = Object.freeze({
  create: (input: Input): CreateDynamicsRecord => ({
    kind: 'create-dynamics-record',
    id: actionIdFor('create-dynamics-record', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    // One more look at the contact it is made from.
    cost: { dynamics: 1, activeCampaign: 1 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is CreateDynamicsRecord =>
    action.kind === 'create-dynamics-record',
})
