import { type Action, hashFields } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { readAccount } from '../accounts/read-account.ts'
import type { StoredRecord } from '../state/state-store.ts'
import type { ApplyContext } from './apply-context.ts'

/** The account as ActiveCampaign has it at this moment, and whether it is still what the action was planned from. */
export const lookAtAccount = async (
  context: ApplyContext,
  entity: CompiledEntity,
  { activeCampaignId, preconditions }: Action & { readonly activeCampaignId: string },
): Promise<{ readonly now: StoredRecord; readonly unchanged: boolean }> => {
  const now = await readAccount(context, entity, activeCampaignId)
  const { activeCampaignHash, activeCampaignFields = [] } = preconditions
  const unchanged =
    activeCampaignHash === undefined || hashFields(now.fields, activeCampaignFields) === activeCampaignHash
  return { now, unchanged }
}
