import { type Call, type Endpoint, param } from '../core/call.ts'
import { type JsonObject, objectAt, type Row, text } from '../core/json.ts'
import { checkPermission } from '../core/permission.ts'
import { created, noResult, ok, type Reply } from '../core/reply.ts'
import { fullRow } from '../core/show.ts'
import { checkInlineValues, fieldValues, writeInlineValues } from '../fields/field-values.ts'
import type { Contact } from './contact.ts'
import { contactRow, createdRow, writtenRow } from './contact-row.ts'
import { getContact } from './get-contact.ts'
import { listContacts } from './list-contacts.ts'
import {
  addContact,
  changeContact,
  checkEmail,
  contactByEmail,
  contactOr404,
  eraseContact,
} from './write-contact.ts'

const sentContact = (call: Call): JsonObject => objectAt(call.body, 'contact')

/** The `fieldValues` beside a written contact: there only when values were sent. */
const besides = (call: Call, sent: JsonObject, rows: readonly Row[]): JsonObject =>
  'fieldValues' in sent ? { fieldValues: rows.map((row) => fullRow(fieldValues, row, call)) } : {}

function writeNew(
  call: Call,
  sent: JsonObject,
): { readonly contact: Contact; readonly values: readonly Row[] } {
  const { store } = call
  checkPermission(store, 'pgContactAdd')
  checkInlineValues(store, sent)
  const contact = addContact(store, sent)
  const values = writeInlineValues(store, contact.id, sent)
  store.emit({ type: 'subscribe', contact: contact.id })
  return { contact, values }
}

function writeExisting(call: Call, contact: Contact, sent: JsonObject): Reply {
  const { store } = call
  checkPermission(store, 'pgContactEdit')
  checkInlineValues(store, sent)
  const changed = changeContact(store, contact, sent)
  const values = writeInlineValues(store, changed.id, sent)
  store.emit({ type: 'update', contact: changed.id })
  return ok({ ...besides(call, sent, values), contact: writtenRow(store, changed) })
}

const create: Endpoint = {
  operation: 'contacts.create',
  method: 'POST',
  path: 'contacts',
  handle: (call) => {
    const sent = sentContact(call)
    checkEmail(call.store, sent)
    const { contact, values } = writeNew(call, sent)
    return created({ ...besides(call, sent, values), contact: createdRow(call.store, contact, sent) })
  },
}

/** Does the body hold anything that the contact does not have already? */
function changesNothing(call: Call, contact: Contact, sent: JsonObject): boolean {
  const { email: _, fieldValues: values, ...columns } = sent
  const row = contactRow(call.store, contact)
  return values === undefined && Object.entries(columns).every(([column, value]) => row[column] === value)
}

const sync: Endpoint = {
  operation: 'contacts.sync',
  method: 'POST',
  path: 'contact/sync',
  handle: (call) => {
    const { store } = call
    const sent = sentContact(call)
    const known = contactByEmail(store, text(sent.email))
    if (known !== undefined) {
      if (store.behaviour.noopSync === 'keeps-udate' && changesNothing(call, known, sent)) {
        return ok({ contact: writtenRow(store, known) })
      }
      // The address is the key here; only PUT changes it.
      const { email: _, ...changes } = sent
      return writeExisting(call, known, changes)
    }
    checkEmail(store, sent)
    const { contact, values } = writeNew(call, sent)
    const row = createdRow(store, contact, sent)
    if (values.length === 0) return created({ ...besides(call, sent, values), contact: row })
    const more = { email_empty: false, hash: contact.hash, fieldValues: values.map(({ id }) => id) }
    return created({ ...besides(call, sent, values), contact: { ...row, ...more } })
  },
}

const update = (method: 'PUT' | 'PATCH'): Endpoint => ({
  operation: 'contacts.update',
  method,
  path: 'contacts/:id',
  handle: (call) => {
    const contact = contactOr404(call.store, param(call, 'id'))
    const sent = sentContact(call)
    checkEmail(call.store, sent, contact)
    return writeExisting(call, contact, sent)
  },
})

const remove: Endpoint = {
  operation: 'contacts.delete',
  method: 'DELETE',
  path: 'contacts/:id',
  handle: (call) => {
    checkPermission(call.store, 'pgContactDelete')
    const id = param(call, 'id')
    const contact = call.store.contacts.get(id)
    if (contact === undefined || contact.removed) throw noResult('Subscriber', id)
    eraseContact(call.store, id)
    return ok({})
  },
}

export const contactEndpoints: readonly Endpoint[] = [
  listContacts,
  create,
  sync,
  getContact,
  update('PUT'),
  update('PATCH'),
  remove,
]
