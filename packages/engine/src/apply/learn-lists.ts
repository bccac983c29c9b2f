import {
  type Action,
  type Base,
  type ResubscribeActiveCampaignContact,
  type UnsubscribeActiveCampaignContact,
  withOwnUnsubscribe,
  withoutOwnUnsubscribe,
} from '@dynacamp/core'
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

const changeBase = async (
  { links }: StateTransaction,
  { entity, linkId, dynamicsId }: ResubscribeActiveCampaignContact | UnsubscribeActiveCampaignContact,
  change: (base: Base) => Base,
): Promise<void> => {
  const found = await links.of(endOf(entity, 'dynamics'), [dynamicsId])
  const own = found.filter(({ id }) => id === linkId)
  await links.save(own.map((link) => ({ ...link, base: change(link.base) })))
}

/**
 * Writes down at once that a contact is on a list again: where the next list refuses it, the action has failed, and would subscribe to
 * this one again whenever it is tried, also if the person has left it since.
 */
export const learnSubscribed = async (
  state: StateTransaction,
  action: ResubscribeActiveCampaignContact,
  list: string,
): Promise<void> => {
  await setStatus(state, action.activeCampaignId, [list], 'active')
  await changeBase(state, action, (base) => withoutOwnUnsubscribe(base, list))
}

/**
 * Writes down at once that the sync has taken a contact off a list: where the next list refuses it, the action has failed, and this
 * one would look as if the person had left it.
 */
export const learnUnsubscribed = async (
  state: StateTransaction,
  action: UnsubscribeActiveCampaignContact,
  list: string,
): Promise<void> => {
  await setStatus(state, action.activeCampaignId, [list], 'unsubscribed')
  await changeBase(state, action, (base) => withOwnUnsubscribe(base, list, action.settles))
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
