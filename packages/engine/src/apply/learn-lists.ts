import type { Action } from '@dynacamp/core'
import { contactKind } from '../observe/contact-record.ts'
import { generationOf } from '../observe/generation.ts'
import type { StateTransaction } from '../state/state-store.ts'

const statusAfter = {
  'unsubscribe-active-campaign-contact': 'unsubscribed',
  'resubscribe-active-campaign-contact': 'active',
} as const

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
  const status = statusAfter[action.kind]
  const [contact] = await state.records.find(contactKind, [action.activeCampaignId])
  if (contact?.lists === undefined) return
  const lists = contact.lists.map((list) => (action.lists.includes(list.id) ? { ...list, status } : list))
  const generation = await generationOf(state, contactKind)
  await state.records.save([{ ...contact, lists }], { generation, pending: false })
}
