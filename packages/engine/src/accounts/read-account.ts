import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import type { StoredRecord } from '../state/state-store.ts'
import { knownAccountFields } from './account-fields.ts'
import { accountRecord } from './account-record.ts'
import { valuesByTag } from './account-values.ts'

/**
 * One account as ActiveCampaign has it at this moment: a call, and another one where custom fields are mapped.
 *
 * @throws ActiveCampaignError `not-found`
 */
export const readAccount = async (
  context: SyncContext,
  entity: CompiledEntity,
  accountId: string,
): Promise<StoredRecord> => {
  const { activeCampaign, signal } = context
  const options = signal ? { signal } : {}
  const fields = await inState(context, knownAccountFields)
  const account = await activeCampaign.accounts.get(accountId, options)
  const values =
    Object.keys(fields).length === 0
      ? []
      : await activeCampaign.accountFieldValues.list({ accountId, ...options }).toArray()
  return accountRecord(entity, account, valuesByTag(values, fields))
}
