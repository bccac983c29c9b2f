import type { AccountFieldValue } from '@dynacamp/activecampaign-client'
import type { Fields } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { beginOrGoOn, removeUnseen } from '../observe/generation.ts'
import { placeIn, readList } from '../observe/list-place.ts'
import type { RecordKind, StateTransaction, StoredRecord } from '../state/state-store.ts'
import type { AccountFields } from './account-fields.ts'
import { accountValue } from './account-record.ts'

/** Values of custom fields of accounts: records of their own in ActiveCampaign, and so in the state. */
const valueKind: RecordKind = { side: 'activeCampaign', entity: 'accountFieldValues' }

const ofAccount = (id: string): string => `account:${id}`

/** Values by personalisation tag, of those fields that are mapped. */
export const valuesByTag = (values: readonly AccountFieldValue[], fields: AccountFields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([tag, field]) => {
      const found = values.find(({ customFieldId }) => customFieldId === field.id)
      return [tag, found === undefined ? '' : accountValue(found.fieldValue, found.fieldCurrency, field)]
    }),
  )

const valueRecord = (
  { id, accountId, customFieldId, fieldValue, fieldCurrency }: AccountFieldValue,
  fields: AccountFields,
): readonly StoredRecord[] => {
  const [tag, field] = Object.entries(fields).find(([, one]) => one.id === customFieldId) ?? []
  if (tag === undefined) return []
  const value = accountValue(fieldValue, fieldCurrency, field)
  return [
    {
      ...{ ...valueKind, id, version: '', updatedOn: null, active: true, tags: [] },
      fields: { account: accountId, [tag]: value },
      keys: [ofAccount(accountId)],
    },
  ]
}

/** Reads the values of all accounts, one call per hundred: the service lists neither those of some fields nor what changed. */
export const observeAccountValues = async (context: SyncContext, fields: AccountFields): Promise<void> => {
  const { activeCampaign, signal } = context
  if (Object.keys(fields).length === 0) return
  const generation = await inState(context, async (state) =>
    beginOrGoOn(state, valueKind, (await placeIn(state, 'account-values')) !== null),
  )
  const list = {
    rows: activeCampaign.accountFieldValues.list(signal ? { signal } : {}),
    what: 'values of account fields of ActiveCampaign',
  }
  await readList(context, 'account-values', list, async ({ records }, rows) => {
    const values = rows.flatMap((value) => valueRecord(value, fields))
    await records.save(values, { generation, pending: false })
  })
  await removeUnseen(context, valueKind, generation)
}

/** What was read of the custom fields of these accounts. */
export const knownAccountValues = async (
  { records }: StateTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Fields>> => {
  const values = await records.findByKey(valueKind, ids.map(ofAccount))
  const byAccount = new Map<string, Fields>()
  for (const { fields } of values) {
    const { account, ...value } = fields
    byAccount.set(String(account), { ...byAccount.get(String(account)), ...value })
  }
  return byAccount
}
