import type { Action, Plan } from '@dynacamp/core'
import type { SyncContext } from '../context.ts'
import type { Stale } from './outcome.ts'
import { accountUnread } from './stale.ts'

const makers: readonly Action['kind'][] = ['create-active-campaign-contact', 'create-dynamics-record']

/**
 * What makes people whose account is not in sync while accounts cannot be read, by its id, and why it waits: made now, they would be
 * without their account.
 */
export const awaitAccounts = (
  { unread }: Pick<SyncContext, 'unread'>,
  { actions, holds }: Plan,
): ReadonlyMap<string, Stale> => {
  if (!unread.has('accounts')) return new Map()
  const keyOf = ({
    entity,
    dynamicsId,
    activeCampaignId,
  }: Pick<Action, 'entity' | 'dynamicsId' | 'activeCampaignId'>) =>
    JSON.stringify([entity, dynamicsId, activeCampaignId])
  const without = new Set(holds.filter(({ reason }) => reason.code === 'reference-not-in-sync').map(keyOf))
  const waiting = actions.filter((action) => makers.includes(action.kind) && without.has(keyOf(action)))
  return new Map(waiting.map(({ id }) => [id, accountUnread]))
}
