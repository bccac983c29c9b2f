import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import { nextGeneration, removeUnseen } from '../observe/generation.ts'
import { findAccountFields, rememberAccountFields } from './account-fields.ts'
import { accountKind, accountRecord } from './account-record.ts'
import { knownAccountValues, observeAccountValues } from './account-values.ts'

/**
 * Reads all accounts of ActiveCampaign, one call per hundred, and compares what they hold: the service cannot list what
 * changed. Where accounts only flow outbound, what the sync wrote is known from the answers, and only a full run reads them.
 */
export const observeAccounts = async (
  context: SyncContext,
  entity: CompiledEntity,
  { full }: { readonly full: boolean },
): Promise<void> => {
  if (!full && entity.direction === 'outbound') return
  const { activeCampaign, progress, signal } = context
  const fields = await findAccountFields(activeCampaign, entity, signal)
  await inState(context, (state) => rememberAccountFields(state, fields))
  await observeAccountValues(context, fields)
  const generation = await inState(context, (state) => nextGeneration(state, accountKind))
  let done = 0
  for await (const page of activeCampaign.accounts.list(signal ? { signal } : {}).byPage()) {
    // An account that cannot be read must not be taken for one that is gone.
    if (page.problems.length > 0)
      throw new UnreadableAnswerError('accounts of ActiveCampaign', page.problems.length)
    await inState(context, async (state) => {
      const values = await knownAccountValues(
        state,
        page.rows.map(({ id }) => id),
      )
      const seen = page.rows.map((account) => accountRecord(entity, account, values.get(account.id) ?? {}))
      await state.records.save(seen, { generation, pending: false })
    })
    done += page.rows.length
    progress({ step: 'read-active-campaign', done, total: null })
  }
  await inState(context, (state) => removeUnseen(state, accountKind, generation))
}
