import { linkIdFor } from '../model/link.ts'
import type { ActionBase, ActionInput } from './action-base.ts'
import { actionIdFor } from './action-id.ts'

/** The state forgets a link: the records stay as they are on both sides and no longer follow each other. No call. */
export interface UnlinkRecords extends ActionBase {
  readonly kind: 'unlink-records'
  readonly dynamicsId: string
  readonly activeCampaignId: string
}

type Input = ActionInput & Pick<UnlinkRecords, 'dynamicsId' | 'activeCampaignId'>

/** Makes and recognises {@link UnlinkRecords}. */
export const UnlinkRecords = Object.freeze({
  create: (input: Input): UnlinkRecords => ({
    kind: 'unlink-records',
    id: actionIdFor('unlink-records', input),
    linkId: linkIdFor(input.entity, input.dynamicsId),
    dependsOn: [],
    cost: { dynamics: 0, activeCampaign: 0 },
    ...input,
  }),
  is: (action: { readonly kind: string }): action is UnlinkRecords => action.kind === 'unlink-records',
})
