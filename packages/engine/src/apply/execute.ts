import { type Action, assertNever } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { ApplyContext } from './apply-context.ts'
import { addActiveCampaignTags } from './executors/add-active-campaign-tags.ts'
import { resubscribeContact, unsubscribeContact } from './executors/change-subscriptions.ts'
import { createActiveCampaignAccount } from './executors/create-active-campaign-account.ts'
import { createActiveCampaignContact } from './executors/create-active-campaign-contact.ts'
import { createActiveCampaignRecord } from './executors/create-active-campaign-record.ts'
import { createCustomObject } from './executors/create-custom-object.ts'
import { createDynamicsRecord } from './executors/create-dynamics-record.ts'
import { deleteActiveCampaignAccount } from './executors/delete-active-campaign-account.ts'
import { deleteActiveCampaignContact } from './executors/delete-active-campaign-contact.ts'
import { deleteDynamicsRecord } from './executors/delete-dynamics-record.ts'
import { extendCustomObject } from './executors/extend-custom-object.ts'
import { linkRecords } from './executors/link-records.ts'
import { moveLink } from './executors/move-link.ts'
import { setActiveCampaignAccount } from './executors/set-active-campaign-account.ts'
import { unlinkRecords } from './executors/unlink-records.ts'
import { updateActiveCampaignAccount } from './executors/update-active-campaign-account.ts'
import { updateActiveCampaignContact } from './executors/update-active-campaign-contact.ts'
import { updateActiveCampaignRecord } from './executors/update-active-campaign-record.ts'
import { deactivateDynamicsRecord, updateDynamicsRecord } from './executors/update-dynamics-record.ts'
import type { Execution } from './outcome.ts'

/** One action kind, one executor. A new kind does not compile until it has one. */
export const execute = (
  context: ApplyContext,
  entity: CompiledEntity,
  action: Action,
): Promise<Execution> => {
  switch (action.kind) {
    case 'create-active-campaign-contact':
      return createActiveCampaignContact(context, action)
    case 'update-active-campaign-contact':
      return updateActiveCampaignContact(context, entity, action)
    case 'create-active-campaign-account':
      return createActiveCampaignAccount(context, entity, action)
    case 'update-active-campaign-account':
      return updateActiveCampaignAccount(context, entity, action)
    case 'delete-active-campaign-account':
      return deleteActiveCampaignAccount(context, entity, action)
    case 'set-active-campaign-account':
      return setActiveCampaignAccount(context, action)
    case 'create-dynamics-record':
      return createDynamicsRecord(context, entity, action)
    case 'update-dynamics-record':
      return updateDynamicsRecord(context, entity, action)
    case 'link-records':
      return linkRecords(action)
    case 'add-active-campaign-tags':
      return addActiveCampaignTags(context, action)
    case 'move-link':
      return moveLink(context, action)
    case 'unlink-records':
      return unlinkRecords()
    case 'unsubscribe-active-campaign-contact':
      return unsubscribeContact(context, action)
    case 'resubscribe-active-campaign-contact':
      return resubscribeContact(context, action)
    case 'delete-active-campaign-contact':
      return deleteActiveCampaignContact(context, action)
    case 'deactivate-dynamics-record':
      return deactivateDynamicsRecord(context, entity, action)
    case 'delete-dynamics-record':
      return deleteDynamicsRecord(context, entity, action)
    case 'create-custom-object':
      return createCustomObject(context, entity, action)
    case 'extend-custom-object':
      return extendCustomObject(context, action)
    case 'create-active-campaign-record':
      return createActiveCampaignRecord(context, entity, action)
    case 'update-active-campaign-record':
      return updateActiveCampaignRecord(context, entity, action)
    default:
      return assertNever(action)
  }
}
