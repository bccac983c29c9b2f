import type { AddActiveCampaignTags } from './add-active-campaign-tags.ts'
import type { CreateActiveCampaignAccount } from './create-active-campaign-account.ts'
import type { CreateActiveCampaignContact } from './create-active-campaign-contact.ts'
import type { CreateActiveCampaignRecord } from './create-active-campaign-record.ts'
import type { CreateCustomObject } from './create-custom-object.ts'
import type { CreateDynamicsRecord } from './create-dynamics-record.ts'
import type { DeactivateDynamicsRecord } from './deactivate-dynamics-record.ts'
import type { DeleteActiveCampaignAccount } from './delete-active-campaign-account.ts'
import type { DeleteActiveCampaignContact } from './delete-active-campaign-contact.ts'
import type { DeleteDynamicsRecord } from './delete-dynamics-record.ts'
import type { ExtendCustomObject } from './extend-custom-object.ts'
import type { LinkRecords } from './link-records.ts'
import type { MoveLink } from './move-link.ts'
import type { ResubscribeActiveCampaignContact } from './resubscribe-active-campaign-contact.ts'
import type { SetActiveCampaignAccount } from './set-active-campaign-account.ts'
import type { UnlinkRecords } from './unlink-records.ts'
import type { UnsubscribeActiveCampaignContact } from './unsubscribe-active-campaign-contact.ts'
import type { UpdateActiveCampaignAccount } from './update-active-campaign-account.ts'
import type { UpdateActiveCampaignContact } from './update-active-campaign-contact.ts'
import type { UpdateActiveCampaignRecord } from './update-active-campaign-record.ts'
import type { UpdateDynamicsRecord } from './update-dynamics-record.ts'

/** Everything a plan can ask for. A `switch` over `kind` that ends in {@link assertNever} covers them all. */
export type Action =
  | AddActiveCampaignTags
  | SetActiveCampaignAccount
  | DeleteActiveCampaignAccount
  | UpdateActiveCampaignAccount
  | CreateActiveCampaignAccount
  | CreateActiveCampaignContact
  | UpdateActiveCampaignContact
  | CreateDynamicsRecord
  | UpdateDynamicsRecord
  | LinkRecords
  | MoveLink
  | UnlinkRecords
  | DeactivateDynamicsRecord
  | DeleteActiveCampaignContact
  | DeleteDynamicsRecord
  | ResubscribeActiveCampaignContact
  | UnsubscribeActiveCampaignContact
  | CreateCustomObject
  | ExtendCustomObject
  | CreateActiveCampaignRecord
  | UpdateActiveCampaignRecord

export type ActionKind = Action['kind']

/**
 * Ends an exhaustive `switch`: a new kind fails to compile here, not in production.
 *
 * @throws {TypeError} when a value of another version gets here at run time
 */
export const assertNever = (value: never): never => {
  throw new TypeError(`No case for ${JSON.stringify(value)}`)
}
