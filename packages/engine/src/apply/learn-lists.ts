import { type Action, type ResubscribeActiveCampaignContact, withoutOwnUnsubscribe } from '@dynacamp/core'
import { contactKind } from '../observe/contact-record.ts'
import { generationOf } from '../observe/generation.ts'
import { endOf } from '../state/ends.ts'
import type { StateTransaction } from '../state/state-store.ts'

const statusAfter = {
  'unsubscribe-active-campaign-contact': 'unsubscribed',
  'resubscribe-active-campaign-contact': 'active',
} as const

const setStatus = async (
  state: StateTransaction,
  contactId: string,
  changed: readonly string[],
  status: (typeof statusAfter)[keyof typeof statusAfter],
): Promise<void> => {
  const [contact] = await state.records.find(contactKind, [contactId])
  if (contact?.lists === undefined) return
  const lists = contact.lists.map((list) => (changed.includes(list.id) ? { ...list, status } : list))
  const generation = await generationOf(state, contactKind)
  await state.records.save([{ ...contact, lists }], { generation, pending: false })
}

/**
 * Writes down at once that a contact is on a list again: where the next list refuses it, the action has failed, and would subscribe to
 * this one again whenever it is tried, also if the person has left it since.
 */
export const learnSubscribed = async (
  state: StateTransaction,
  { entity, linkId, dynamicsId, activeCampaignId }: ResubscribeActiveCampaignContact,
  list: string,
): Promise<void> => {
  await setStatus(state, activeCampaignId, [list], 'active')
  const links = await state.links.of(endOf(entity, 'dynamics'), [dynamicsId])
  await state.links.save(
    links
      .filter(({ id }) => id === linkId)
      .map((link) => ({ ...link, base: withoutOwnUnsubscribe(link.base, list) })),
  )
}

/**
 * Writes down what became of a contact's lists: nothing else looks at them until somebody leaves one, and a status from before
 * would look as if the person had come back.
 */
export const learnLists = async (state: StateTransaction, action: Action): Promise<void> => {
  if (
    action.kind !== 'unsubscribe-active-campaign-contact' &&
    action.kind !== 'resubscribe-active-campaign-contact'
  )
    return
  await setStatus(state, action.activeCampaignId, action.lists, statusAfter[action.kind])
}
