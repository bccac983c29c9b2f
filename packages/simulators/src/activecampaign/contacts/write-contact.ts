import type { JsonObject } from '../core/json.ts'
import { text } from '../core/json.ts'
import { invalid, noResult } from '../core/reply.ts'
import type { Store } from '../core/store.ts'
import { type Contact, quietColumns } from './contact.ts'

/** The contact with that id, removed ones included when the account still shows them; else the service's 404. */
export function contactOr404(store: Store, id: string): Contact {
  const contact = store.contacts.get(id)
  if (contact === undefined || (contact.removed && store.behaviour.removedContacts === 'gone')) {
    throw noResult('Subscriber', id)
  }
  return contact
}

/** The contact that has this address. Matching ignores case and outer blanks. */
export const contactByEmail = (store: Store, email: string): Contact | undefined =>
  store.contacts.by('email', email.trim().toLowerCase()).find((contact) => !contact.removed)

const duplicateEmail = () => invalid('Email address already exists in the system', 'duplicate', 'email')

const emailPattern = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/

export const isEmail = (email: string): boolean => emailPattern.test(email.trim())

/** Checks the `email` of a body, answering 422 as the service does. */
export function checkEmail(store: Store, sent: JsonObject, current?: Contact): void {
  const email = text(sent.email).trim()
  if (email === '') {
    if (current !== undefined && sent.email === undefined) return
    const phone = 'phone' in sent ? sent.phone : current?.phone
    const allowed = store.behaviour.phoneOnlyContacts && sent.allowNullEmail === true
    if (allowed && text(phone) !== '') return
    throw invalid('Email address is required.', 'field_missing', 'email')
  }
  if (!isEmail(email)) throw invalid('Email address is not valid.', 'field_invalid', 'email')
  const holder = contactByEmail(store, email)
  if (holder !== undefined && holder.id !== current?.id) throw duplicateEmail()
}

/** The columns a body sets, out of those a body can set. */
function sentColumns(sent: JsonObject): Partial<Pick<Contact, 'email' | 'phone' | 'firstName' | 'lastName'>> {
  return {
    ...('email' in sent ? { email: text(sent.email).trim() } : {}),
    ...('phone' in sent ? { phone: text(sent.phone) } : {}),
    ...('firstName' in sent ? { firstName: text(sent.firstName) } : {}),
    ...('lastName' in sent ? { lastName: text(sent.lastName) } : {}),
  }
}

const userOf = (store: Store): string | null => (store.source === 'admin' ? '1' : null)

/** Adds a contact; whether it may be added is the caller's question. */
export function addContact(store: Store, sent: JsonObject, known: Partial<Contact> = {}): Contact {
  const now = store.now()
  return store.contacts.put({
    id: store.contacts.nextId(),
    email: '',
    phone: '',
    firstName: '',
    lastName: '',
    createdAt: now,
    changedAt: now,
    stampedAt: now,
    createdBy: userOf(store),
    updatedBy: userOf(store),
    removed: false,
    hash: store.hex(),
    columns: quietColumns,
    ...sentColumns(sent),
    ...known,
  })
}

/** Changes a contact's own columns, and its `udate` with them. */
export function changeContact(store: Store, contact: Contact, sent: JsonObject): Contact {
  const now = store.now()
  return store.contacts.put({
    ...contact,
    ...sentColumns(sent),
    changedAt: now,
    stampedAt: now,
    updatedBy: userOf(store) ?? contact.updatedBy,
  })
}

/** A tag, a note or a field value was written: the contact's `udate` moves. */
export function touchContact(store: Store, id: string): void {
  const contact = store.contacts.get(id)
  if (contact !== undefined) changeContact(store, contact, {})
}

const dependents = [
  'contactTags',
  'contactLists',
  'fieldValues',
  'accountContacts',
  'contactAutomations',
  'contactDeals',
  'bounceLogs',
  'trackingLogs',
  'scoreValues',
] as const

function dropDependents(store: Store, id: string): void {
  for (const name of dependents) {
    for (const row of store.tables[name].by('contact', id)) store.tables[name].remove(row.id)
  }
  for (const note of store.tables.notes.by('owner', `Subscriber:${id}`)) store.tables.notes.remove(note.id)
  store.happenings.delete(id)
}

/** Deletes through the API: nothing is left, and no feed or webhook tells. */
export function eraseContact(store: Store, id: string): void {
  store.contacts.remove(id)
  dropDependents(store, id)
}

/** Deletes or merges away in the user interface: the id may stay readable with the address rewritten. */
export function removeContact(store: Store, contact: Contact): void {
  dropDependents(store, contact.id)
  store.contacts.put({
    ...contact,
    email: `deleted+${contact.id}@${contact.email.slice(contact.email.lastIndexOf('@') + 1)}`,
    removed: true,
    changedAt: store.now(),
    stampedAt: store.now(),
  })
}
