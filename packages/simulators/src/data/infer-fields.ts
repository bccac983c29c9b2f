import { inferKind, type ValueKind } from './infer-type.ts'
import type { ActiveCampaignData, ContactFieldValue, CustomField, CustomFieldType } from './rows.ts'

/** ActiveCampaign has no boolean field: its forms use a choice of two. */
const types: Readonly<Record<ValueKind, CustomFieldType>> = {
  boolean: 'radio',
  integer: 'number',
  decimal: 'number',
  date: 'date',
  datetime: 'datetime',
  text: 'text',
  lines: 'textarea',
  options: 'listbox',
}

/** Fields that contacts have values of and that nobody describes, with a type that holds their values. */
export function inferFields({ contacts, fields }: ActiveCampaignData): readonly CustomField[] {
  const known = new Set(fields.flatMap(({ id, title, perstag }) => [id, title, perstag].map(nameOf)))
  const values = contacts.flatMap(({ fieldValues = [] }) => fieldValues)
  const unknown = new Map<string, ContactFieldValue[]>()
  for (const value of values) {
    const name = nameOf(value.field)
    if (known.has(name)) continue
    const same = unknown.get(name)
    if (same) same.push(value)
    else unknown.set(name, [value])
  }
  return [...unknown.values()].map(inferField)
}

function inferField(values: readonly ContactFieldValue[]): CustomField {
  const name = String(values[0]?.field ?? '')
  const kind = inferKind(values.map(({ value }) => value))
  const named = /^\d+$/.test(name) ? { id: name, title: `Field ${name}` } : { title: name }
  const options = [...new Set(values.flatMap(({ value }) => optionsOf(kind, value)))]
  return { ...named, type: types[kind], ...(options.length > 0 ? { options } : {}) }
}

function optionsOf(kind: ValueKind, value: ContactFieldValue['value']): readonly string[] {
  if (kind === 'boolean') return ['true', 'false']
  if (kind !== 'options') return []
  return typeof value === 'object'
    ? (value ?? [])
    : String(value)
        .split('||')
        .filter((option) => option !== '')
}

function nameOf(field: string | number | undefined): string {
  return String(field ?? '').toLowerCase()
}
