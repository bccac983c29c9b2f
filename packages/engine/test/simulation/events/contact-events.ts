import type { ContactInput } from '@dynacamp/simulators'
import { listIds } from '../services.ts'
import { accountsOf } from './account-events.ts'
import {
  addressOf,
  type Deed,
  type Event,
  pick,
  requestTags,
  type Scene,
  textOf,
  unlessRefused,
} from './event.ts'

const contactsOf = ({ services }: Scene) => services.activeCampaign.contacts()
type Contact = ReturnType<typeof contactsOf>[number]

/** An account of today holds one contact with an address. */
const mustBeFree = (scene: Scene, email: string, own?: Contact): void => {
  const taken = contactsOf(scene).some(
    (contact) => contact.id !== own?.id && contact.email.toLowerCase() === email.toLowerCase(),
  )
  if (taken) throw new Error(`${email} is taken`)
}

/** Does something to a contact that is there. */
const to =
  (deed: (scene: Scene, contact: Contact, event: Event) => unknown): Deed =>
  (scene, event) => {
    const contact = pick(contactsOf(scene), event.who)
    return contact !== undefined && unlessRefused(() => deed(scene, contact, event))
  }

const edit = (input: (contact: Contact, event: Event) => ContactInput): Deed =>
  to(({ services }, contact, event) =>
    services.activeCampaign.updateContact(contact.id, input(contact, event)),
  )

const two = (scene: Scene, { who, other }: Event): readonly [Contact, Contact] | undefined => {
  const contacts = contactsOf(scene)
  const first = pick(contacts, who)
  const second = pick(
    contacts.filter((contact) => contact !== first),
    other,
  )
  return first && second && [first, second]
}

export const fieldInput = ({ other, value }: Pick<Event, 'other' | 'value'>): ContactInput => {
  const field = pick(['firstName', 'lastName', 'phone', 'POSITION', 'CHILDREN'], other) ?? ''
  if (field === 'POSITION') return { fields: { POSITION: textOf(value) } }
  // One value that no number can be read from: it holds the field.
  if (field === 'CHILDREN') return { fields: { CHILDREN: pick(['', '1', '2', 'many'], value) ?? '' } }
  return { [field]: textOf(value) }
}

const setStatus = ({ services }: Scene, contact: string, list: string, status: '1' | '2'): void => {
  const { activeCampaign } = services
  const membership = activeCampaign
    .rows('contactLists')
    .find((row) => row.contact === contact && row.list === list)
  if (membership === undefined) activeCampaign.insert('contactLists', { contact, list, status })
  else activeCampaign.update('contactLists', String(membership.id), { status })
}

export const contactEvents: Readonly<Record<string, Deed>> = {
  'a contact appears': (scene, { who, other, value }) =>
    unlessRefused(() => {
      mustBeFree(scene, addressOf(who))
      const { activeCampaign } = scene.services
      const { id: contact } = activeCampaign.insertContact({
        email: addressOf(who),
        firstName: textOf(other),
        lastName: textOf(value),
        ...(value % 3 === 0 && { tags: [pick(requestTags, other) ?? ''] }),
      })
      const account = pick([...accountsOf(scene), undefined], value)
      if (account !== undefined)
        activeCampaign.insert('accountContacts', { contact, account: String(account.id) })
    }),
  'a contact is edited': edit((_, event) => fieldInput(event)),
  'a contact is edited where nothing is mapped': edit((_, { value }) => ({
    fields: { DIARY: textOf(value) },
  })),
  'a contact changes its e-mail': to((scene, contact, { value }) => {
    mustBeFree(scene, addressOf(value), contact)
    scene.services.activeCampaign.updateContact(contact.id, { email: addressOf(value) })
  }),
  'two contacts swap their e-mails': (scene, event) => {
    const contacts = two(scene, event)
    if (contacts === undefined) return false
    const [first, second] = contacts
    const { activeCampaign } = scene.services
    activeCampaign.updateContact(first.id, { email: 'between@example.com' })
    activeCampaign.updateContact(second.id, { email: first.email })
    activeCampaign.updateContact(first.id, { email: second.email })
    return true
  },
  'a contact is tagged': edit((_, { value }) => ({ tags: [pick(requestTags, value) ?? ''] })),
  'a contact loses a tag': (scene, { who }) => {
    const { activeCampaign } = scene.services
    const link = pick(activeCampaign.rows('contactTags'), who)
    const tag = activeCampaign.rows('tags').find(({ id }) => id === link?.tag)
    if (link === undefined || tag === undefined) return false
    activeCampaign.untagContact(String(link.contact), String(tag.tag))
    return true
  },
  'a contact is deleted': to(({ services, deletedContacts }, { id, email, firstName }) => {
    services.activeCampaign.removeContact(id)
    deletedContacts.push({ email, firstName })
  }),
  'a deleted contact returns': (scene) => {
    const contact = scene.deletedContacts.pop()
    if (contact === undefined) return false
    return unlessRefused(() => {
      mustBeFree(scene, contact.email)
      scene.services.activeCampaign.insertContact(contact)
    })
  },
  'two contacts are merged': (scene, event) => {
    const contacts = two(scene, event)
    if (contacts === undefined) return false
    const [winner, loser] = contacts
    return unlessRefused(() => scene.services.activeCampaign.mergeContacts(winner.id, loser.id))
  },
  'a contact subscribes': to((scene, { id }, { value }) =>
    setStatus(scene, id, pick(listIds, value) ?? '1', '1'),
  ),
  'a contact unsubscribes': to((scene, { id, lists }, { value }) => {
    const list = pick(Object.keys(lists), value)
    if (list === undefined) throw new Error('on no list')
    scene.services.activeCampaign.unsubscribe(id, list)
  }),
}
