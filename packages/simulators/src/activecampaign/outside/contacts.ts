import { addContact, changeContact, contactOr404, removeContact } from '../contacts/write-contact.ts'
import type { Store } from '../core/store.ts'
import { writeFieldValue } from '../fields/write-field-value.ts'
import { setMembership } from '../lists/contact-lists.ts'
import { tagContact, untagContact } from '../tags/tags.ts'
import { bodyOf, type ContactInput, knownColumns, listNamed, valuesOf } from './contact-input.ts'
import { type ContactRow, outsideRow } from './contact-row.ts'

function writeRest(store: Store, id: string, input: ContactInput): void {
  for (const { field, value } of valuesOf(store, input)) writeFieldValue(store, id, field, value)
  for (const name of input.tags ?? []) tagContact(store, id, name)
  for (const name of input.lists ?? []) setMembership(store, id, listNamed(store, name), '1')
}

const rowNow = (store: Store, id: string): ContactRow => outsideRow(store, contactOr404(store, id))

/** Adds a contact as a user, a form or another program does. */
export function insertContact(store: Store, input: ContactInput): ContactRow {
  const id = input.id === undefined ? store.contacts.nextId() : String(input.id)
  const known = knownColumns(store, input, id)
  addContact(store, bodyOf(input), known)
  writeRest(store, id, input)
  // Values and tags came with the contact: they are no later change of it.
  const contact = contactOr404(store, id)
  const { createdAt = contact.createdAt, changedAt = createdAt, stampedAt = changedAt } = known
  store.contacts.put({ ...contact, changedAt, stampedAt })
  store.emit({ type: 'subscribe', contact: id })
  return rowNow(store, id)
}

/** Changes a contact; columns, fields and tags that are not given stay. */
export function updateContact(store: Store, id: string, input: ContactInput): ContactRow {
  const contact = contactOr404(store, id)
  changeContact(store, { ...contact, ...knownColumns(store, input, id, contact) }, bodyOf(input))
  writeRest(store, id, input)
  store.emit({ type: 'update', contact: id })
  return rowNow(store, id)
}

/** Deletes a contact in the user interface. No feed and no webhook tells of it. */
export const removeContactOutside = (store: Store, id: string): void =>
  removeContact(store, contactOr404(store, id))

/** Takes a tag off a contact in the user interface. */
export const untagContactOutside = (store: Store, id: string, name: string): void =>
  untagContact(store, contactOr404(store, id).id, name)

/** Merges one contact into another: what the winner lacks it takes over, and the loser's id is gone. */
export function mergeContacts(store: Store, winner: string, loser: string): void {
  const [kept, lost] = [contactOr404(store, winner), contactOr404(store, loser)]
  const { fields, tags } = outsideRow(store, lost)
  const own = outsideRow(store, kept).fields
  updateContact(store, winner, {
    firstName: kept.firstName === '' ? lost.firstName : kept.firstName,
    lastName: kept.lastName === '' ? lost.lastName : kept.lastName,
    phone: kept.phone === '' ? lost.phone : kept.phone,
    fields: { ...fields, ...own },
    tags,
  })
  removeContact(store, lost)
}
