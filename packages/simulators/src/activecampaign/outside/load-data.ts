import type { ActiveCampaignData, ContactFieldValue } from '../../data/rows.ts'
import { isJson, text } from '../core/json.ts'
import type { Store } from '../core/store.ts'
import { insertContact } from './contacts.ts'
import { defineField } from './define-field.ts'
import { insertRow, type RowInput } from './rows.ts'

function knows(store: Store, name: string | number): boolean {
  const wanted = String(name).toLowerCase()
  return store.tables.fields.rows.some(
    (row) =>
      row.id === wanted ||
      text(row.perstag).toLowerCase() === wanted ||
      text(row.title).toLowerCase() === wanted,
  )
}

/** The columns of a file's row that a table can hold. */
const jsonColumns = (row: Readonly<Record<string, unknown>>): RowInput =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (isJson(value) ? [[name, value] as const] : [])),
  )

/** Loads the rows of a data file. Fields that its contacts have and the account lacks are defined. */
export function loadData(store: Store, data: ActiveCampaignData): void {
  for (const field of data.fields) {
    if (!knows(store, field.title)) defineField(store, field)
  }
  const unknown = new Map<string, ContactFieldValue>()
  for (const value of data.contacts.flatMap((contact) => contact.fieldValues ?? [])) {
    if (!unknown.has(String(value.field)) && !knows(store, value.field))
      unknown.set(String(value.field), value)
  }
  for (const [name, { value }] of unknown) {
    defineField(store, { title: name, type: Array.isArray(value) ? 'listbox' : 'text' })
  }
  for (const account of data.accounts) insertRow(store, 'accounts', jsonColumns(account))
  // Rows as the service answers have no lists that a contact signs up to: whatever is under that name means something else.
  for (const contact of data.contacts) insertContact(store, { ...contact, lists: [] })
}
