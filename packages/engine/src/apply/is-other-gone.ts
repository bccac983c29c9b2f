import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { ApplyContext } from './apply-context.ts'

const isNotFound = (error: unknown): boolean => isActiveCampaignError(error) && error.code === 'not-found'

/** Whether what an error may be about is there all the same. */
const isThere = async (error: unknown, look: () => Promise<unknown>): Promise<boolean> => {
  if (!isNotFound(error)) return false
  try {
    await look()
    return true
  } catch (ofItself) {
    if (isNotFound(ofItself)) return false
    throw ofItself
  }
}

/**
 * Whether an error says that something is gone that is not the contact: a call that names a contact and a list, a tag, a custom field
 * or an account, answers the same for either. A contact that is taken for deleted may cost its row.
 */
export const isOtherGone = (
  { activeCampaign, signal }: ApplyContext,
  error: unknown,
  contactId: string,
): Promise<boolean> =>
  isThere(error, () => activeCampaign.contacts.get(contactId, signal ? { signal } : undefined))

/** The same of an account and its custom fields. */
export const isAccountThere = (
  { activeCampaign, signal }: ApplyContext,
  error: unknown,
  accountId: string,
): Promise<boolean> =>
  isThere(error, () => activeCampaign.accounts.get(accountId, signal ? { signal } : undefined))
