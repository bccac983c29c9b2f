import type { Account, AccountFieldContent } from '@dynacamp/activecampaign-client'
import { matchKeysOfActiveCampaign } from '@dynacamp/core'
import type { CompiledEntity, Fields, FieldValue } from '@dynacamp/mapping-dsl'
import type { RecordKind, StoredRecord } from '../state/state-store.ts'
import type { AccountField } from './account-fields.ts'

/** ActiveCampaign's accounts. */
export const accountKind: RecordKind = { side: 'activeCampaign', entity: 'accounts' }

/**
 * The value of a custom field, in one form however it was sent: numbers come as text or as numbers. Money in another currency
 * than the field's is kept with it, which no mapping takes for an amount.
 */
export const accountValue = (
  value: AccountFieldContent,
  currency: string | null,
  field: AccountField | undefined,
): FieldValue => {
  const plain = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  const isForeign =
    field?.currency != null && currency !== null && currency !== '' && currency !== field.currency
  return isForeign && plain !== null && plain !== '' ? `${String(plain)} ${currency}` : plain
}

/**
 * An account as the state keeps it: fields that the definition looks at. `custom` are the values of its custom fields by personalisation tag;
 * what is missing there is blank.
 */
export const accountRecord = (
  entity: CompiledEntity,
  account: Pick<Account, 'id' | 'name' | 'accountUrl' | 'updatedTimestamp'>,
  custom: Fields,
): StoredRecord => {
  const { id, name, accountUrl, updatedTimestamp } = account
  const standard: Fields = { name, accountUrl: accountUrl ?? '' }
  const fields = Object.fromEntries(
    entity.fieldsRead.map((field) => [field, standard[field] ?? custom[field] ?? '']),
  )
  return {
    ...accountKind,
    id,
    fields,
    version: updatedTimestamp ?? '',
    updatedOn: updatedTimestamp ?? null,
    active: true,
    tags: [],
    keys: matchKeysOfActiveCampaign(entity, fields),
  }
}
