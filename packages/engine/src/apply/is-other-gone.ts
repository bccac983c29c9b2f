import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { ApplyContext } from './apply-context.ts'

const isNotFound = (error: unknown): boolean => isActiveCampaignError(error) && error.code === 'not-found'

/**
 * Whether an error says that something is gone that is not the contact: a call that names a contact and a list, a tag, a custom field
 * or an account, answers the same for either. A contact that is taken for deleted may cost its row.
 */
export const isOtherGone = async (
  { activeCampaign, signal }: ApplyContext,
  error: unknown,
  contactId: string,
): Promise<boolean> => {
  if (!isNotFound(error)) return false
  try {
    await activeCampaign.contacts.get(contactId, signal ? { signal } : undefined)
    return true
  } catch (ofContact) {
    if (isNotFound(ofContact)) return false
    throw ofContact
  }
}
