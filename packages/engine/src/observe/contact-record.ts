import type { Contact, FieldValue as ContactFieldValue } from '@dynacamp/activecampaign-client'
import { matchKeysOfActiveCampaign } from '@dynacamp/core'
import type { CompiledDefinition, Fields } from '@dynacamp/mapping-dsl'
import type { RecordKind, StoredRecord } from '../state/state-store.ts'
import { type CustomFieldIds, isStandardField } from './custom-fields.ts'

/** ActiveCampaign's contacts, which D365's contacts and leads both end in. */
export const contactKind: RecordKind = { side: 'activeCampaign', entity: 'contacts' }

const contactEntities = ({ entities }: CompiledDefinition) =>
  entities.filter(({ entity }) => entity === 'contacts' || entity === 'leads')

/** Names of all fields of a contact that the definition looks at. */
const contactFieldsRead = (definition: CompiledDefinition): readonly string[] => [
  ...new Set(
    contactEntities(definition).flatMap(({ fieldsRead, accountRelation }) => [
      ...fieldsRead,
      ...(accountRelation ? [accountRelation.activeCampaign] : []),
    ]),
  ),
]

/** What a contact with these fields is matched by. */
export const contactKeys = (definition: CompiledDefinition, fields: Fields): readonly string[] => [
  ...new Set(contactEntities(definition).flatMap((entity) => matchKeysOfActiveCampaign(entity, fields))),
]

/**
 * A contact as the state keeps it: fields that the definition looks at, by their names there. `custom` are the values of
 * its custom fields by personalisation tag; what is missing there is blank.
 */
export const contactRecord = (
  definition: CompiledDefinition,
  contact: Pick<Contact, 'id' | 'email' | 'firstName' | 'lastName' | 'phone' | 'udate'>,
  custom: Fields,
  tags: readonly string[],
): StoredRecord => {
  const fields = Object.fromEntries(
    contactFieldsRead(definition).map((name) => [
      name,
      isStandardField(name) ? contact[name] : (custom[name] ?? ''),
    ]),
  )
  return {
    ...contactKind,
    id: contact.id,
    fields,
    version: contact.udate ?? '',
    updatedOn: contact.udate,
    active: true,
    tags,
    keys: contactKeys(definition, fields),
  }
}

/** The same contact with these values, and what they match by. */
export const withFields = (
  definition: CompiledDefinition,
  record: StoredRecord,
  values: Fields,
): StoredRecord => {
  const fields = { ...record.fields, ...values }
  return { ...record, fields, keys: contactKeys(definition, fields) }
}

/** Values of the custom fields that are read, by personalisation tag. */
export const customFieldsOf = (values: readonly ContactFieldValue[], ids: CustomFieldIds): Fields => {
  const byId = new Map(values.map((value) => [value.field, value.value]))
  return Object.fromEntries([...ids].map(([tag, id]) => [tag, byId.get(id) ?? '']))
}
