import type { DeleteActiveCampaignContact } from '@dynacamp/core'
import { contactKind } from '../../observe/contact-record.ts'
import type { ApplyContext } from '../apply-context.ts'
import { lookAtContact } from '../look-at-contact.ts'
import type { Execution } from '../outcome.ts'
import { contactChanged, staleContact } from '../stale.ts'

/** Deletes the contact, unless somebody edited it since the plan: then a person should look again. Repeating finds it gone. */
export const deleteActiveCampaignContact = async (
  context: ApplyContext,
  action: DeleteActiveCampaignContact,
): Promise<Execution> => {
  const { activeCampaign, signal } = context
  const { activeCampaignId } = action
  try {
    const { unchanged } = await lookAtContact(context, action)
    if (!unchanged) return contactChanged
    await activeCampaign.contacts.delete(activeCampaignId, signal ? { signal } : undefined)
    return { status: 'done', records: [], gone: { ...contactKind, id: activeCampaignId }, link: 'removed' }
  } catch (error) {
    return staleContact(error, activeCampaignId)
  }
}
