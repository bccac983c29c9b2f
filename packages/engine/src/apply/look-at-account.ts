import { type Action, hashFields } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { knownAccountFields } from '../accounts/account-fields.ts'
import { accountRecord } from '../accounts/account-record.ts'
import { valuesByTag } from '../accounts/account-values.ts'
import { inState } from '../context.ts'
import type { StoredRecord } from '../state/state-store.ts'
import type { ApplyContext } from './apply-context.ts'

/** The account as ActiveCampaign has it at this moment, and whether it is still what the action was planned from. */
export const lookAtAccount = async (
  context: ApplyContext,
  entity: CompiledEntity,
  { activeCampaignId, preconditions }: Action & { readonly activeCampaignId: string },
): Promise<{ readonly now: StoredRecord; readonly unchanged: boolean }> => {
  const { activeCampaign, signal } = context
  const options = signal ? { signal } : {}
  const fields = await inState(context, knownAccountFields)
  const account = await activeCampaign.accounts.get(activeCampaignId, options)
  const values =
    Object.keys(fields).length === 0
      ? []
      : await activeCampaign.accountFieldValues.list({ accountId: activeCampaignId, ...options }).toArray()
  const now = accountRecord(entity, account, valuesByTag(values, fields))
  const { activeCampaignHash, activeCampaignFields = [] } = preconditions
  const unchanged =
    activeCampaignHash === undefined || hashFields(now.fields, activeCampaignFields) === activeCampaignHash
  return { now, unchanged }
}
