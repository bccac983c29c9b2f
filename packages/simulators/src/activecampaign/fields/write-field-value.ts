import { centralIso, parseInstant } from '../core/central-time.ts'
import { type Json, type JsonObject, type Row, text } from '../core/json.ts'
import { invalid, noResult } from '../core/reply.ts'
import type { Store } from '../core/store.ts'

const choices = ['dropdown', 'radio', 'listbox', 'checkbox']
const multiple = ['listbox', 'checkbox']
const dates = ['date', 'datetime']

/** The parts of a multiple value; `a||b` without the outer bars is taken too. */
const parts = (value: string): readonly string[] => value.split('||').filter((part) => part !== '')

/** A value as the service keeps it, for a field of this type. */
function encoded(store: Store, type: string, value: string): string {
  if (multiple.includes(type)) return value === '' ? '' : `||${parts(value).join('||')}||`
  if (type === 'date') return /^\d{4}-\d\d-\d\d/.exec(value)?.[0] ?? value
  if (type === 'datetime') {
    // Converted to the account's zone when saved: equal as an instant, different as text.
    const instant = parseInstant(value, store.behaviour.filterZone)
    return instant === undefined ? value : centralIso(instant)
  }
  return value
}

function checkOptions(store: Store, field: Row, value: string): void {
  const type = text(field.type)
  if (store.behaviour.unknownOption === 'stored' || !choices.includes(type) || value === '') return
  const known = store.tables.fieldOptions.by('field', field.id).map((option) => text(option.value))
  const wanted = multiple.includes(type) ? parts(value) : [value]
  if (wanted.every((one) => known.includes(one))) return
  throw invalid(`"${value}" is not an option of the field.`, 'field_invalid', 'value')
}

export const fieldValueDefaults = (store: Store): JsonObject => ({
  contact: '',
  field: '',
  value: '',
  cdate: store.iso(),
  udate: store.iso(),
  created_by: null,
  updated_by: null,
})

/** The stored value of a contact's field. */
const currentValue = (store: Store, contact: string, field: string): Row | undefined =>
  store.tables.fieldValues.by('contact', contact).find((row) => row.field === field)

/** Sets a contact's field: one row per contact and field. The contact's `udate` is the caller's business. */
export function writeFieldValue(store: Store, contact: string, fieldId: string, sent: Json): Row | undefined {
  const field = store.tables.fields.get(fieldId)
  if (field === undefined) throw noResult('Field', fieldId)
  checkOptions(store, field, text(sent))
  const type = text(field.type)
  const value = encoded(store, type, text(sent))
  const { fieldValues } = store.tables
  const current = currentValue(store, contact, fieldId)
  if (value === '' && dates.includes(type) && store.behaviour.emptyDate === 'ignored') return current
  if (current !== undefined) return fieldValues.put({ ...current, value, udate: store.iso() })
  return fieldValues.put({
    ...fieldValueDefaults(store),
    contact,
    field: fieldId,
    value,
    id: fieldValues.nextId(),
  })
}
