import { contactRow } from '../contacts/contact-row.ts'
import { contactOr404, touchContact } from '../contacts/write-contact.ts'
import { type Call, type Endpoint, param } from '../core/call.ts'
import { crud, rowOr404, sentRow } from '../core/crud.ts'
import { type JsonObject, objectsAt, type Row, text } from '../core/json.ts'
import { created, missing, noResult, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { fullRow, linksOf } from '../core/show.ts'
import type { Store } from '../core/store.ts'
import { fieldValueDefaults, writeFieldValue } from './write-field-value.ts'

export const fieldValues: Resource = {
  path: 'fieldValues',
  one: 'fieldValue',
  model: 'FieldValue',
  links: ['owner', 'field'],
  defaults: fieldValueDefaults,
  computed: (row) => ({ owner: text(row.contact) }),
  removed: (row, { store }) => touchContact(store, text(row.contact)),
  list: { aliases: { fieldid: 'field', val: 'value' } },
}

/** Writes the inline `fieldValues` of a contact body. The rows written, in the order sent. */
export function writeInlineValues(store: Store, contact: string, sent: JsonObject): readonly Row[] {
  return objectsAt(sent, 'fieldValues').flatMap(
    (entry) => writeFieldValue(store, contact, text(entry.field), entry.value ?? '') ?? [],
  )
}

/** Rejects inline values of unknown fields before anything is written. */
export function checkInlineValues(store: Store, sent: JsonObject): void {
  for (const entry of objectsAt(sent, 'fieldValues')) {
    const field = text(entry.field)
    if (store.tables.fields.get(field) === undefined) throw noResult('Field', field)
  }
}

function answer(call: Call, sent: JsonObject, contact: string, row: Row | undefined): JsonObject {
  const { store } = call
  const written: Row = row ?? { ...fieldValueDefaults(store), id: '0', contact, field: text(sent.field) }
  return {
    contacts: [contactRow(store, contactOr404(store, contact))],
    fieldValue: {
      contact: sent.contact ?? contact,
      field: sent.field ?? text(written.field),
      value: written.value ?? '',
      cdate: text(written.cdate),
      udate: text(written.udate),
      owner: sent.contact ?? contact,
      links: linksOf(store, 'fieldValues', written.id, fieldValues.links),
      id: written.id,
    },
  }
}

const create: Endpoint = {
  operation: 'fieldValues.create',
  method: 'POST',
  path: 'fieldValues',
  handle: (call) => {
    const { store } = call
    const sent = sentRow(fieldValues, call)
    for (const attribute of ['contact', 'field']) {
      if (text(sent[attribute]) === '') throw missing('fieldValue', attribute)
    }
    const contact = contactOr404(store, text(sent.contact))
    const row = writeFieldValue(store, contact.id, text(sent.field), sent.value ?? '')
    touchContact(store, contact.id)
    store.emit({ type: 'update', contact: contact.id })
    return created(answer(call, sent, contact.id, row))
  },
}

const update = (method: 'PUT' | 'PATCH'): Endpoint => ({
  operation: 'fieldValues.update',
  method,
  path: 'fieldValues/:id',
  handle: (call) => {
    const { store } = call
    const row = rowOr404(fieldValues, call, param(call, 'id'))
    const sent = sentRow(fieldValues, call)
    const contact = text(row.contact)
    const written = writeFieldValue(store, contact, text(row.field), sent.value ?? row.value ?? '')
    touchContact(store, contact)
    store.emit({ type: 'update', contact })
    return ok(answer(call, sent, contact, written))
  },
})

const ofContact: Endpoint = {
  operation: 'contacts.fieldValues',
  method: 'GET',
  path: 'contacts/:id/fieldValues',
  handle: (call) => {
    const { id } = contactOr404(call.store, param(call, 'id'))
    const rows = call.store.tables.fieldValues.by('contact', id)
    return ok({ fieldValues: rows.map((row) => fullRow(fieldValues, row, call)) })
  },
}

export const fieldValueEndpoints: readonly Endpoint[] = [
  ...crud(fieldValues, ['list', 'get', 'remove']),
  create,
  update('PUT'),
  update('PATCH'),
  ofContact,
]
