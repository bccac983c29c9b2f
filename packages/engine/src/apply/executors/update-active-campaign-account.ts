import type { UpdateActiveCampaignAccount } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { knownAccountFields } from '../../accounts/account-fields.ts'
import { inState } from '../../context.ts'
import { accountInput, writtenAccount } from '../account-input.ts'
import type { ApplyContext } from '../apply-context.ts'
import { lookAtAccount } from '../look-at-account.ts'
import type { Execution } from '../outcome.ts'
import { accountChanged, staleAccount } from '../stale-account.ts'

/** Updates the account by its id, after one more look at it, as ActiveCampaign has no ETag. Repeating writes the same. */
export const updateActiveCampaignAccount = async (
  context: ApplyContext,
  entity: CompiledEntity,
  action: UpdateActiveCampaignAccount,
): Promise<Execution> => {
  const { activeCampaign, signal } = context
  const { dynamicsId, activeCampaignId, changes } = action
  const fields = await inState(context, knownAccountFields)
  try {
    const { now, unchanged } = await lookAtAccount(context, entity, action)
    if (!unchanged) return accountChanged(now)
    const input = accountInput(changes, fields)
    const answer = await activeCampaign.accounts.update(
      activeCampaignId,
      input,
      signal ? { signal } : undefined,
    )
    const record = writtenAccount(entity, changes, answer, fields, now.fields)
    const link = { dynamicsId, activeCampaignId, answered: { activeCampaign: record.fields } }
    return { status: 'done', records: [record], link }
  } catch (error) {
    return staleAccount(error, activeCampaignId)
  }
}
