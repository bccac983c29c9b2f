import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { UpdateActiveCampaignAccount } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { knownAccountFields } from '../../accounts/account-fields.ts'
import { accountNamed } from '../../accounts/account-named.ts'
import { inState } from '../../context.ts'
import { accountInput, writtenAccount } from '../account-input.ts'
import type { ApplyContext } from '../apply-context.ts'
import { isAccountThere } from '../is-other-gone.ts'
import { lookAtAccount } from '../look-at-account.ts'
import type { Execution } from '../outcome.ts'
import { accountChanged, staleAccount } from '../stale-account.ts'

/**
 * Updates the account by its id, after one more look at it, as ActiveCampaign has no ETag. Repeating writes the same. Another account
 * that has the new name is taken note of: an ordinary run of outbound accounts would never see it, and try again for ever.
 */
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
    // A custom field that it writes: the account is held with the error.
    if (await isAccountThere(context, error, activeCampaignId)) throw error
    const stale = staleAccount(error, activeCampaignId)
    if (!isActiveCampaignError(error) || error.code !== 'duplicate') return stale
    const name = String(changes.find(({ field }) => field === 'name')?.after ?? '')
    const seen = await accountNamed(context, entity, name)
    return { ...stale, ...(seen && { seen }) }
  }
}
