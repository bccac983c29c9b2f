import type { Account, AccountFieldContent, AccountInput } from '@dynacamp/activecampaign-client'
import type { FieldChange } from '@dynacamp/core'
import type { CompiledEntity, Fields, FieldValue } from '@dynacamp/mapping-dsl'
import { type AccountField, type AccountFields, isStandardAccountField } from '../accounts/account-fields.ts'
import { accountRecord, accountValue } from '../accounts/account-record.ts'
import type { StoredRecord } from '../state/state-store.ts'

/** Money travels as a whole number of hundredths, several choices as an array. */
const content = (value: FieldValue, { currency }: AccountField): AccountFieldContent => {
  if (value === null || value === '') return ''
  if (Array.isArray(value)) return value.map(String)
  return currency === null ? String(value) : Number(value)
}

/** The body that writes these changes: standard fields by name, custom ones by id. An empty text clears. */
export const accountInput = (changes: readonly FieldChange[], fields: AccountFields): AccountInput => {
  const standard = changes.filter(({ field }) => isStandardAccountField(field))
  const custom = changes.flatMap(({ field: tag, after }) => {
    const field = fields[tag]
    if (field === undefined) return []
    const fieldValue = content(after, field)
    const money = field.currency === null || fieldValue === '' ? {} : { fieldCurrency: field.currency }
    return [{ customFieldId: field.id, fieldValue, ...money }]
  })
  return {
    ...Object.fromEntries(standard.map(({ field, after }) => [field, String(after ?? '')])),
    ...(custom.length > 0 && { fields: custom }),
  }
}

/**
 * The account as it is after a write: what the service answers, and, where it answers with less than was written, what was
 * written. `before` fills in the fields that were not touched.
 */
export const writtenAccount = (
  entity: CompiledEntity,
  changes: readonly FieldChange[],
  answer: Account,
  fields: AccountFields,
  before: Fields = {},
): StoredRecord => {
  const sent = Object.fromEntries(
    changes.map(({ field, after }) => {
      const plain = typeof after === 'number' ? String(after) : after
      return [field, fields[field] ? accountValue(content(plain, fields[field]), null, fields[field]) : plain]
    }),
  )
  const now: Fields = { ...before, ...sent }
  const url = answer.accountUrl ?? now.accountUrl
  return accountRecord(entity, { ...answer, accountUrl: typeof url === 'string' ? url : '' }, now)
}
