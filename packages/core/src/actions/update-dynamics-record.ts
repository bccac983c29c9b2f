import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/** Columns of a linked row are written in D365, with `If-Match` on the ETag in the preconditions. */
export interface UpdateDynamicsRecord extends ActionBase {
  readonly kind: 'update-dynamics-record'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<UpdateDynamicsRecord, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link UpdateDynamicsRecord}. */
export const UpdateDynamicsRecord = Object.freeze({
  create: (input: Input): UpdateDynamicsRecord => ({
    kind: 'update-dynamics-record',
    id: actionIdFor('update-dynamics-record', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 1, activeCampaign: 0 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is UpdateDynamicsRecord =>
    action.kind === 'update-dynamics-record',
})
