import type { Action } from '@dynacamp/core'
import { accountKind } from '../../accounts/account-record.ts'
import type { StateTransaction } from '../../state/state-store.ts'
import type { ApplyRun } from '../apply-run.ts'
import { importSettings } from './import-settings.ts'

/**
 * The names of the accounts that these new contacts get, by the ids of the actions that make the contacts: as ActiveCampaign has
 * them, where they are linked, so that a name leads to this account and to no other.
 */
export const accountNames = async (
  state: StateTransaction,
  { context, accounts }: Pick<ApplyRun, 'context' | 'accounts'>,
  actions: readonly Action[],
): Promise<ReadonlyMap<string, string>> => {
  if ((await importSettings(state, context)).accounts !== true) return new Map()
  const { links, records } = state
  const wanted = actions.flatMap(({ id }) => {
    const account = accounts.get(id)?.account
    return account == null ? [] : [{ id, account }]
  })
  // Those that this plan has made have an id by now.
  const made = await links.of(
    { side: 'dynamics', entity: 'accounts' },
    wanted.flatMap(({ account }) => (account.activeCampaignId === null ? (account.dynamicsId ?? []) : [])),
  )
  const idOf = new Map(made.map(({ dynamicsId, activeCampaignId }) => [dynamicsId, activeCampaignId]))
  const ids = new Map(
    wanted.map(({ id, account }) => [id, account.activeCampaignId ?? idOf.get(account.dynamicsId ?? '')]),
  )
  const known = await records.find(accountKind, [...new Set([...ids.values()].flatMap((id) => id ?? []))])
  const nameOf = new Map(known.map(({ id, fields }) => [id, String(fields.name ?? '').trim()]))
  return new Map(
    [...ids].flatMap(([id, account]) => {
      const name = nameOf.get(account ?? '') ?? ''
      return name === '' ? [] : [[id, name] as const]
    }),
  )
}
