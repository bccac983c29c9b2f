import type { CustomObjectRecord } from '@dynacamp/activecampaign-client'
import { contactRelationship, type FieldChange } from '@dynacamp/core'
import type { CompiledEntity, FieldValue } from '@dynacamp/mapping-dsl'
import type { StoredRecord } from '../state/state-store.ts'
import { recordKind } from './known-object.ts'

/** A value as the state keeps it; what is no plain value, as money may be, is kept as its JSON. */
const toFieldValue = (value: unknown): FieldValue => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value === null || value === undefined) return null
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  return JSON.stringify(value)
}

/** A record as the state keeps it: under its external id, with the mapped fields and the contact it is shown on. */
export const storedRecord = (
  { fields }: CompiledEntity,
  record: CustomObjectRecord,
  externalId: string,
): StoredRecord => ({
  ...recordKind,
  id: externalId,
  fields: {
    ...Object.fromEntries(
      fields.map(({ activeCampaign: name }) => [name, toFieldValue(record.fields[name])]),
    ),
    [contactRelationship]: record.relationships?.[contactRelationship]?.[0] ?? null,
  },
  version: record.updatedTimestamp ?? '',
  updatedOn: record.updatedTimestamp ?? null,
  active: true,
  tags: [],
  keys: [],
})

/** Whether a record holds what an action means to write: an earlier attempt wrote it, or somebody else. */
export const holds = (
  { fields }: CompiledEntity,
  record: StoredRecord,
  changes: readonly FieldChange[],
  contactId: FieldValue,
): boolean =>
  changes.every(({ field: name, after }) => {
    const now = record.fields[name] ?? null
    if (name === contactRelationship) return now === contactId
    return fields.find(({ activeCampaign }) => activeCampaign === name)?.sameInActiveCampaign(now, after)
  })
