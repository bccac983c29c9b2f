import { SetActiveCampaignAccount } from '@dynacamp/core'
import { hasKind } from '../journal/has-kind.ts'
import { contactKind } from '../observe/contact-record.ts'
import { endOf } from '../state/ends.ts'
import type { JournalEntry } from '../state/journal-state.ts'
import type { StateTransaction } from '../state/state-store.ts'

/** Whether an entry is about the account of a contact, which is read by itself. */
export const movesContact = ({ action }: JournalEntry): boolean =>
  hasKind(action) && SetActiveCampaignAccount.is(action)

/**
 * A move is a delete and a create. Where the process ended after the delete, before it was written down, the contact is in no account: that
 * was the sync, and must not look like somebody's change. Call it when it was read who is in which account.
 */
export const settleHalfMove = async (
  { records, links }: StateTransaction,
  { action, entity, dynamicsId, activeCampaignId }: JournalEntry,
): Promise<void> => {
  if (!hasKind(action) || !SetActiveCampaignAccount.is(action)) return
  const field = action.changes[0]?.field
  if (field === undefined || dynamicsId === null || activeCampaignId === null) return
  const [contact] = await records.find(contactKind, [activeCampaignId])
  if (contact === undefined || (contact.fields[field] ?? '') !== '') return
  const found = await links.of(endOf(entity, 'dynamics'), [dynamicsId])
  const own = found.filter((link) => link.id === action.linkId && link.activeCampaignId === activeCampaignId)
  await links.save(
    own.map((link) => ({
      ...link,
      base: { ...link.base, activeCampaign: { ...link.base.activeCampaign, [field]: '' } },
    })),
  )
}
