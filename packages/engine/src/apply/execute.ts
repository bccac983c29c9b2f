import { type Action, assertNever } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { ApplyContext } from './apply-context.ts'
import { createActiveCampaignContact } from './executors/create-active-campaign-contact.ts'
import { createDynamicsRecord } from './executors/create-dynamics-record.ts'
import { linkRecords } from './executors/link-records.ts'
import { unlinkRecords } from './executors/unlink-records.ts'
import { updateActiveCampaignContact } from './executors/update-active-campaign-contact.ts'
import { updateDynamicsRecord } from './executors/update-dynamics-record.ts'
import type { Execution } from './outcome.ts'

/** Planned by policies that are off by default, and refused here until each has its executor. */
const notYet = async ({ kind }: Action): Promise<Execution> => ({
  status: 'stale',
  code: 'not-supported',
  message: `This release plans ${kind} and does not carry it out; nothing was written.`,
})

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
      return updateActiveCampaignContact(context, action)
    case 'create-dynamics-record':
      return createDynamicsRecord(context, entity, action)
    case 'update-dynamics-record':
      return updateDynamicsRecord(context, entity, action)
    case 'link-records':
      return linkRecords(action)
    case 'unlink-records':
      return unlinkRecords()
    case 'unsubscribe-active-campaign-contact':
    case 'resubscribe-active-campaign-contact':
    case 'delete-active-campaign-contact':
    case 'deactivate-dynamics-record':
    case 'delete-dynamics-record':
      return notYet(action)
    default:
      return assertNever(action)
  }
}
