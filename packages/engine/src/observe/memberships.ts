import { type ContactList, isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { ListStatus } from '@dynacamp/core'
import type { SyncContext } from '../context.ts'

/** Names of all lists, by their ids. */
export const listNames = async ({
  activeCampaign,
  signal,
}: Pick<SyncContext, 'activeCampaign' | 'signal'>): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>()
  for await (const list of activeCampaign.lists.list(signal ? { signal } : {})) names.set(list.id, list.name)
  return names
}

/** A membership as the planner knows it. */
export const toListStatus = (
  { list, status }: ContactList,
  names: ReadonlyMap<string, string>,
): ListStatus => ({
  id: list,
  name: names.get(list) ?? list,
  // Nobody is called subscribed, or opted out, because of a number that we do not understand.
  status: status === 'unknown' ? 'unconfirmed' : status,
})

/** The lists that a contact is or was on; none for one that is gone. */
export const membershipsOf = async (
  { activeCampaign, signal }: Pick<SyncContext, 'activeCampaign' | 'signal'>,
  contactId: string,
  names: ReadonlyMap<string, string>,
): Promise<readonly ListStatus[]> => {
  try {
    const found = await activeCampaign.contactLists
      .listForContact(contactId, signal ? { signal } : {})
      .toArray()
    return found.map((membership) => toListStatus(membership, names))
  } catch (error) {
    if (isActiveCampaignError(error) && error.code === 'not-found') return []
    throw error
  }
}
