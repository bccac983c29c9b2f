import type { WrittenContact } from '@dynacamp/activecampaign-client'
import type { FieldChange } from '@dynacamp/core'
import type { Fields } from '@dynacamp/mapping-dsl'
import { contactRecord, customFieldsOf } from '../observe/contact-record.ts'
import type { StoredRecord } from '../state/state-store.ts'
import type { ApplyContext } from './apply-context.ts'

/**
 * The contact as it is after a write: what the service answers, and, where it answers with less than was written,
 * what was written. `before` fills in the fields that were not touched.
 */
export const writtenContact = (
  { definition, customFields }: ApplyContext,
  changes: readonly FieldChange[],
  { contact, fieldValues }: WrittenContact,
  before?: StoredRecord,
): StoredRecord => {
  const sent: Fields = Object.fromEntries(changes.map(({ field, after }) => [field, after]))
  const answeredIds = new Set(fieldValues.map((value) => value.field))
  const answered = Object.fromEntries(
    Object.entries(customFieldsOf(fieldValues, customFields)).filter(([tag]) =>
      answeredIds.has(customFields.get(tag) ?? ''),
    ),
  )
  return contactRecord(definition, contact, { ...before?.fields, ...sent, ...answered }, before?.tags ?? [])
}
