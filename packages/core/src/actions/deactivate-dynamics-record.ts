import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/** The row of a contact that was deleted in ActiveCampaign is set inactive, because the definition says so. */
export interface DeactivateDynamicsRecord extends ActionBase {
  readonly kind: 'deactivate-dynamics-record'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<DeactivateDynamicsRecord, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link DeactivateDynamicsRecord}. */
export const DeactivateDynamicsRecord = Object.freeze({
  create: (input: Input): DeactivateDynamicsRecord => ({
    kind: 'deactivate-dynamics-record',
    id: actionIdFor('deactivate-dynamics-record', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 1, activeCampaign: 0 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is DeactivateDynamicsRecord =>
    action.kind === 'deactivate-dynamics-record',
})
