import { accountContacts } from '../accounts/account-contacts.ts'
import { accounts } from '../accounts/accounts.ts'
import { isExcluded } from '../campaigns/mail.ts'
import type { Contact } from '../contacts/contact.ts'
import { addContact, changeContact, contactByEmail, isEmail } from '../contacts/write-contact.ts'
import { isJsonArray, type JsonObject, objectsAt, text } from '../core/json.ts'
import type { Store } from '../core/store.ts'
import { writeFieldValue } from '../fields/write-field-value.ts'
import { membership, setMembership } from '../lists/contact-lists.ts'
import { tagContact } from '../tags/tags.ts'

/** Why a contact of a batch is passed over. The service tells the address and not the reason. */
function fails(store: Store, sent: JsonObject, known: Contact | undefined): boolean {
  const email = text(sent.email).trim()
  if (email === '' || !isEmail(email)) return true
  if (known === undefined && store.contacts.size >= store.behaviour.contactLimit) return true
  if (store.tables.exclusions.rows.some((row) => isExcluded(row, email))) return true
  if (known === undefined) return false
  if (Number(known.columns.bounced_hard) > 0) return true
  return objectsAt(sent, 'subscribe').some(
    ({ listid }) => membership(store, known.id, text(listid))?.status === '2',
  )
}

const columnsOf = (sent: JsonObject): JsonObject => ({
  email: text(sent.email).trim(),
  ...('first_name' in sent ? { firstName: text(sent.first_name) } : {}),
  ...('last_name' in sent ? { lastName: text(sent.last_name) } : {}),
  ...('phone' in sent ? { phone: text(sent.phone) } : {}),
})

/** Links the contact to the account of that name, which is made when there is none. */
function linkAccount(store: Store, contact: string, name: string): void {
  const { accounts: companies, accountContacts: links } = store.tables
  if (name.trim() === '' || links.by('contact', contact).length > 0) return
  const [known] = companies.by('name', name.trim().toLowerCase())
  const account =
    known ?? companies.put({ ...accounts.defaults(store), name: name.trim(), id: companies.nextId() })
  links.put({ ...accountContacts.defaults(store), contact, account: account.id, id: links.nextId() })
}

/** Writes one contact of a batch; its id, or nothing when it fails. */
export function importContact(store: Store, sent: JsonObject): string | undefined {
  const known = contactByEmail(store, text(sent.email))
  if (fails(store, sent, known)) return undefined
  const { id } =
    known === undefined ? addContact(store, columnsOf(sent)) : changeContact(store, known, columnsOf(sent))
  for (const field of objectsAt(sent, 'fields')) {
    const fieldId = text(field.id)
    if (store.tables.fields.get(fieldId) !== undefined) writeFieldValue(store, id, fieldId, field.value ?? '')
  }
  for (const name of isJsonArray(sent.tags) ? sent.tags : []) tagContact(store, id, text(name))
  for (const { listid } of objectsAt(sent, 'subscribe')) join(store, id, text(listid), '1')
  for (const { listid } of objectsAt(sent, 'unsubscribe')) join(store, id, text(listid), '2')
  linkAccount(store, id, text(sent.customer_acct_name))
  return id
}

function join(store: Store, contact: string, list: string, status: '1' | '2'): void {
  if (store.tables.lists.get(list) !== undefined) setMembership(store, contact, list, status)
}
