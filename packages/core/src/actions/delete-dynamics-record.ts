import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/** The row of a contact that was deleted in ActiveCampaign is deleted, because the definition says so. It cannot be undone. */
export interface DeleteDynamicsRecord extends ActionBase {
  readonly kind: 'delete-dynamics-record'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<DeleteDynamicsRecord, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link DeleteDynamicsRecord}. */
export const DeleteDynamicsRecord = Object.freeze({
  create: (input: Input): DeleteDynamicsRecord => ({
    kind: 'delete-dynamics-record',
    id: actionIdFor('delete-dynamics-record', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    // Three looks for rows that Dynamics 365 would delete with it, then the deletion; nothing goes with a lead.
    cost: { dynamics: input.entity === 'accounts' || input.entity === 'contacts' ? 4 : 1, activeCampaign: 0 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is DeleteDynamicsRecord =>
    action.kind === 'delete-dynamics-record',
})
