import type { AccountContact } from '@dynacamp/activecampaign-client'
import type { CompiledDefinition, Fields } from '@dynacamp/mapping-dsl'
import { contactKind, withFields } from '../observe/contact-record.ts'
import { generationOf } from '../observe/generation.ts'
import type { RecordKind, StateTransaction, StoredRecord } from '../state/state-store.ts'

/** Which contact is in which account: records of their own in ActiveCampaign, and so in the state. */
export const accountContactKind: RecordKind = { side: 'activeCampaign', entity: 'accountContacts' }

const ofContact = (id: string): string => `contact:${id}`

export const accountContactRecord = ({
  id,
  contact,
  account,
}: Pick<AccountContact, 'id' | 'contact' | 'account'>): StoredRecord => ({
  ...{ ...accountContactKind, id, version: '', updatedOn: null, active: true, tags: [] },
  fields: { contact, account },
  keys: [ofContact(contact)],
})

/** The version of those that the sync has made, until a reading has shown them: the list of all did not end with them. */
const unread = 'made'
const madeCount = 'activecampaign/accountContacts/made'

const isRead = ({ version }: StoredRecord): boolean => version !== unread

/** How many the sync has made that no reading has shown yet. */
export const countMade = async ({ cursors }: StateTransaction): Promise<number> =>
  Number((await cursors.get(madeCount)) ?? 0)

const setMade = ({ cursors }: StateTransaction, count: number): Promise<void> =>
  cursors.set(madeCount, String(count))

/** All that the sync has made were read. */
export const forgetMade = (state: StateTransaction): Promise<void> => setMade(state, 0)

/** These came, as they are known. Says whether the first of them was read before. */
export const noteCame = async (state: StateTransaction, ids: readonly string[]): Promise<boolean> => {
  const known = await state.records.find(accountContactKind, ids)
  const made = known.filter((record) => !isRead(record)).length
  if (made > 0) await setMade(state, (await countMade(state)) - made)
  return known.some((record) => record.id === ids[0] && isRead(record))
}

/** Writes down one that the sync has made. */
export const rememberMade = async (
  state: StateTransaction,
  made: Pick<AccountContact, 'id' | 'contact' | 'account'>,
): Promise<void> => {
  const generation = await generationOf(state, accountContactKind)
  const record = { ...accountContactRecord(made), version: unread }
  await state.records.save([record], { generation, pending: false })
  await setMade(state, (await countMade(state)) + 1)
}

/** Forgets one that the sync has taken away. */
export const forgetOne = async (state: StateTransaction, id: string): Promise<void> => {
  const [known] = await state.records.find(accountContactKind, [id])
  if (known !== undefined && !isRead(known)) await setMade(state, (await countMade(state)) - 1)
  await state.records.remove(accountContactKind, [id])
}

/** The field that holds a contact's account, while that is in sync. */
export const accountField = ({ entities }: CompiledDefinition): string | undefined =>
  entities.flatMap(({ accountRelation }) => accountRelation?.activeCampaign ?? [])[0]

/** The accounts of these contacts, as far as they have any. */
const knownAccounts = async (
  { records }: StateTransaction,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const found = await records.findByKey(accountContactKind, contactIds.map(ofContact))
  return new Map(found.map(({ fields }) => [String(fields.contact), String(fields.account)]))
}

/** Puts the accounts of these contacts, as they are known, among their fields. */
export const accountsInto = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  contactIds: readonly string[],
): Promise<(contactId: string, fields: Fields) => Fields> => {
  const field = accountField(definition)
  if (field === undefined) return (_, fields) => fields
  const accounts = await knownAccounts(state, contactIds)
  return (id, fields) => ({ ...fields, [field]: accounts.get(id) ?? '' })
}

/** The account of a contact, as the contact itself was read with it, among its fields. */
export const accountAmong = (
  definition: CompiledDefinition,
  accountContacts: readonly Pick<AccountContact, 'account'>[],
): Fields => {
  const field = accountField(definition)
  return field === undefined ? {} : { [field]: accountContacts[0]?.account ?? '' }
}

/** Notes in the contacts themselves which account they have now. */
export const refreshAccounts = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  contactIds: readonly string[],
): Promise<void> => {
  const field = accountField(definition)
  if (field === undefined) return
  const accounts = await knownAccounts(state, contactIds)
  const contacts = await state.records.find(contactKind, contactIds)
  const moved = contacts
    .map((contact) => ({ contact, account: accounts.get(contact.id) ?? '' }))
    .filter(({ contact, account }) => (contact.fields[field] ?? '') !== account)
    .map(({ contact, account }) => withFields(definition, contact, { [field]: account }))
  const generation = await generationOf(state, contactKind)
  await state.records.save(moved, { generation, pending: false })
}
