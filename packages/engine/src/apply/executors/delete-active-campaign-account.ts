import type { DeleteActiveCampaignAccount } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { accountKind } from '../../accounts/account-record.ts'
import type { ApplyContext } from '../apply-context.ts'
import { lookAtAccount } from '../look-at-account.ts'
import type { Execution } from '../outcome.ts'
import { accountChanged, staleAccount } from '../stale-account.ts'

/** Deletes the account, unless somebody edited it since the plan: then a person should look again. Repeating finds it gone. */
export const deleteActiveCampaignAccount = async (
  context: ApplyContext,
  entity: CompiledEntity,
  action: DeleteActiveCampaignAccount,
): Promise<Execution> => {
  const { activeCampaign, signal } = context
  const { activeCampaignId } = action
  try {
    const { now, unchanged } = await lookAtAccount(context, entity, action)
    if (!unchanged) return accountChanged(now)
    await activeCampaign.accounts.delete(activeCampaignId, signal ? { signal } : undefined)
    return { status: 'done', records: [], gone: { ...accountKind, id: activeCampaignId }, link: 'removed' }
  } catch (error) {
    return staleAccount(error, activeCampaignId)
  }
}
