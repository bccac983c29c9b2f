import type { ContactInput } from '@dynacamp/activecampaign-client'
import type { FieldChange } from '@dynacamp/core'
import type { FieldValue } from '@dynacamp/mapping-dsl'
import { type CustomFieldIds, isStandardField } from '../observe/custom-fields.ts'

const wireText = (value: FieldValue): string | readonly string[] => {
  if (value === null) return ''
  return Array.isArray(value) ? value.map(String) : String(value)
}

/** The body that writes these changes: standard fields by name, custom ones by id. An empty text clears. */
export const contactInput = (changes: readonly FieldChange[], ids: CustomFieldIds): ContactInput => {
  const standard = changes.filter(({ field }) => isStandardField(field))
  const custom = changes.flatMap(({ field, after }) => {
    const id = ids.get(field)
    return id === undefined ? [] : [{ field: id, value: wireText(after) }]
  })
  return {
    ...Object.fromEntries(standard.map(({ field, after }) => [field, String(after ?? '')])),
    ...(custom.length > 0 && { fieldValues: custom }),
  }
}
