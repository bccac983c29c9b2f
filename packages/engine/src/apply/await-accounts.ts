import type { Action, Plan } from '@dynacamp/core'
import { accountKind } from '../accounts/account-record.ts'
import type { SyncContext } from '../context.ts'
import type { Stale } from './outcome.ts'
import { bindsRow } from './row-values.ts'
import { accountUnread } from './stale.ts'

const makers: readonly Action['kind'][] = ['create-active-campaign-contact', 'create-dynamics-record']

/** Where ActiveCampaign does not show its accounts, nobody reads either who is in one: none that is known is not none. */
const lacksUnread = (
  { unread, definition }: Pick<SyncContext, 'unread' | 'definition'>,
  { kind, entity, changes }: Action,
): boolean => {
  if (kind !== 'create-dynamics-record' || !unread.covers(accountKind)) return false
  const made = definition.entities.find((candidate) => candidate.entity === entity)
  const { direction = 'outbound' } = made?.accountRelation ?? {}
  return made !== undefined && direction !== 'outbound' && !bindsRow(made, changes)
}

/**
 * What makes people whose account is not in sync, or not known, while accounts cannot be read, by its id, and why it waits: made now,
 * they would be without their account.
 */
export const awaitAccounts = (
  context: Pick<SyncContext, 'unread' | 'definition'>,
  { actions, holds }: Plan,
): ReadonlyMap<string, Stale> => {
  if (!context.unread.has('accounts')) return new Map()
  const keyOf = ({
    entity,
    dynamicsId,
    activeCampaignId,
  }: Pick<Action, 'entity' | 'dynamicsId' | 'activeCampaignId'>) =>
    JSON.stringify([entity, dynamicsId, activeCampaignId])
  const without = new Set(holds.filter(({ reason }) => reason.code === 'reference-not-in-sync').map(keyOf))
  const waiting = actions.filter(
    (action) => makers.includes(action.kind) && (without.has(keyOf(action)) || lacksUnread(context, action)),
  )
  return new Map(waiting.map(({ id }) => [id, accountUnread]))
}
