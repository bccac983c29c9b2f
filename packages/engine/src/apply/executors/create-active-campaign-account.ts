import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { CreateActiveCampaignAccount } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { knownAccountFields } from '../../accounts/account-fields.ts'
import { accountNamed } from '../../accounts/account-named.ts'
import { inState } from '../../context.ts'
import { accountInput, writtenAccount } from '../account-input.ts'
import type { ApplyContext } from '../apply-context.ts'
import type { Execution } from '../outcome.ts'

/**
 * Makes the account. The service refuses a name that is taken: by somebody, after the plan, or by an earlier run that ended before it
 * could write its answer down. Either way the account is taken note of, and the next plan matches it.
 */
export const createActiveCampaignAccount = async (
  context: ApplyContext,
  entity: CompiledEntity,
  { changes, dynamicsId }: CreateActiveCampaignAccount,
): Promise<Execution> => {
  const { activeCampaign, signal } = context
  const fields = await inState(context, knownAccountFields)
  const name = String(changes.find(({ field }) => field === 'name')?.after ?? '')
  try {
    const input = { ...accountInput(changes, fields), name }
    const answer = await activeCampaign.accounts.create(input, signal ? { signal } : undefined)
    const record = writtenAccount(entity, changes, answer, fields)
    const link = { dynamicsId, activeCampaignId: record.id, answered: { activeCampaign: record.fields } }
    return { status: 'done', records: [record], link }
  } catch (error) {
    if (!isActiveCampaignError(error) || error.code !== 'duplicate') throw error
    const seen = await accountNamed(context, entity, name)
    return {
      status: 'stale',
      code: 'account-exists',
      message: 'ActiveCampaign has an account of this name already; the next plan matches the two.',
      ...(seen && { seen }),
    }
  }
}
