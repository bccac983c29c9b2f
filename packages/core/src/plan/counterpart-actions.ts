import type { EntityName } from '@dynacamp/mapping-dsl'
import { actionIdFor } from '../actions/action-id.ts'
import { CreateActiveCampaignAccount } from '../actions/create-active-campaign-account.ts'
import { CreateActiveCampaignContact } from '../actions/create-active-campaign-contact.ts'
import { DeleteActiveCampaignAccount } from '../actions/delete-active-campaign-account.ts'
import { DeleteActiveCampaignContact } from '../actions/delete-active-campaign-contact.ts'
import { UpdateActiveCampaignAccount } from '../actions/update-active-campaign-account.ts'
import { UpdateActiveCampaignContact } from '../actions/update-active-campaign-contact.ts'
import type { Link } from '../model/link.ts'

const ofContacts = {
  create: CreateActiveCampaignContact.create,
  update: UpdateActiveCampaignContact.create,
  delete: DeleteActiveCampaignContact.create,
} as const

const ofAccounts = {
  create: CreateActiveCampaignAccount.create,
  update: UpdateActiveCampaignAccount.create,
  delete: DeleteActiveCampaignAccount.create,
} as const

/** What can be done to the ActiveCampaign end of an entity: leads and contacts are contacts there, accounts are accounts. */
export const counterpartActions = (entity: EntityName): typeof ofContacts | typeof ofAccounts =>
  entity === 'accounts' ? ofAccounts : ofContacts

/** The id that an update of the ActiveCampaign end would have in this plan. */
export const counterpartUpdateId = (link: Link): string =>
  actionIdFor(
    link.entity === 'accounts' ? 'update-active-campaign-account' : 'update-active-campaign-contact',
    link,
  )

/** What the ActiveCampaign end of an entity is called there. */
export const counterpartName = (entity: EntityName): 'account' | 'contact' | 'record' => {
  if (entity === 'accounts') return 'account'
  return entity === 'opportunities' ? 'record' : 'contact'
}
