import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { SyncContext } from '../context.ts'
import type { StoredRecord } from '../state/state-store.ts'
import { readAccount } from './read-account.ts'

/** The account of this name, whatever its case. An ordinary run of outbound accounts would never see it. */
export const accountNamed = async (
  context: SyncContext,
  entity: CompiledEntity,
  name: string,
): Promise<StoredRecord | undefined> => {
  const { activeCampaign, signal } = context
  const options = signal ? { signal } : {}
  const wanted = name.trim().toLowerCase()
  for await (const account of activeCampaign.accounts.list({ search: name.trim(), ...options })) {
    if (account.name.trim().toLowerCase() === wanted) return readAccount(context, entity, account.id)
  }
  return undefined
}
