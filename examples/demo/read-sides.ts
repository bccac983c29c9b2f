import { contactRelationship, matchKeysOfActiveCampaign, matchKeysOfDynamics } from '@dynacamp/core'
import type { CompiledEntity, EntityName, Fields, FieldValue } from '@dynacamp/mapping-dsl'
import type { World } from './world.ts'

/** A record of one service: what it is recognised by, and its mapped fields. */
export interface Side {
  readonly id: string
  readonly key: string | undefined
  readonly fields: Fields
  /** Whether the person wants no mail; undefined where the service has nothing to say on it. */
  readonly optedOut: boolean | undefined
}

/** A contact of ActiveCampaign, before it is known whether a lead or a contact of Dynamics 365 is the same person. */
export type Person = Omit<Side, 'key'>

const primaryIds = {
  accounts: 'accountid',
  contacts: 'contactid',
  leads: 'leadid',
  opportunities: 'opportunityid',
} as const satisfies Readonly<Record<EntityName, string>>

/** Codes of the environment's currencies: an amount counts with the one of its row. */
const readCurrencies = async (dynamics: World['dynamics']): Promise<ReadonlyMap<string, string>> => {
  const table = { entitySet: 'transactioncurrencies', primaryId: 'transactioncurrencyid' }
  const rows = dynamics.table(table).list({ select: ['isocurrencycode'] })
  return new Map(
    await Array.fromAsync(
      rows,
      (row) => [String(row.transactioncurrencyid), String(row.isocurrencycode)] as const,
    ),
  )
}

/** All rows of an entity, as Dynamics 365 lists them. */
export const readDynamics = async ({ dynamics }: World, entity: CompiledEntity): Promise<readonly Side[]> => {
  const primaryId = primaryIds[entity.entity]
  const isPerson = entity.entity === 'contacts' || entity.entity === 'leads'
  const currencies = await readCurrencies(dynamics)
  const rows = dynamics.table({ entitySet: entity.entity, primaryId }).list({
    select: [...new Set([...entity.columns, primaryId, ...(isPerson ? ['donotbulkemail'] : [])])],
    ...entity.annotations,
  })
  return Array.fromAsync(rows, (row) => {
    const fields = entity.readRow(row, currencies)
    const id = String(row[primaryId])
    // A record of a custom object has the id of its row.
    const key = entity.object === undefined ? matchKeysOfDynamics(entity, fields)[0] : id
    return { id, key, fields, optedOut: isPerson ? row.donotbulkemail === true : undefined }
  })
}

/** Everybody in ActiveCampaign. Who is on lists, and gets mail by none of them, has opted out. */
export const readPeople = async ({ activeCampaign }: World): Promise<readonly Person[]> => {
  const values = new Map<string, Record<string, string>>()
  for await (const field of activeCampaign.fields.list()) {
    for await (const { contact, value } of activeCampaign.fieldValues.list({ fieldId: field.id })) {
      values.set(contact, { ...values.get(contact), [field.perstag]: value })
    }
  }
  const accounts = new Map<string, string>()
  for await (const { contact, account } of activeCampaign.accountContacts.list())
    accounts.set(contact, account)
  const optedOut = new Map<string, boolean>()
  for await (const { contact, status } of activeCampaign.contactLists.list()) {
    const getsMail = status === 'active' || status === 'unconfirmed'
    optedOut.set(contact, !getsMail && optedOut.get(contact) !== false)
  }
  return Array.fromAsync(activeCampaign.contacts.list(), ({ id, email, firstName, lastName, phone }) => ({
    id,
    fields: { email, firstName, lastName, phone, account: accounts.get(id) ?? '', ...values.get(id) },
    optedOut: optedOut.get(id),
  }))
}

const readAccounts = ({ activeCampaign }: World, entity: CompiledEntity): Promise<readonly Side[]> =>
  Array.fromAsync(activeCampaign.accounts.list(), ({ id, name, accountUrl }) => {
    const fields = { name, accountUrl }
    return { id, key: matchKeysOfActiveCampaign(entity, fields)[0], fields, optedOut: undefined }
  })

const scalar = (value: unknown): FieldValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

const readObject = async ({ activeCampaign }: World, entity: CompiledEntity): Promise<readonly Side[]> => {
  const { schemas, records } = activeCampaign.customObjects
  const schema = (await schemas.list().toArray()).find(({ slug }) => slug === entity.object?.slug)
  if (schema === undefined) return []
  return Array.fromAsync(records.list(schema.id), ({ externalId, fields, relationships }) => {
    const id = externalId ?? ''
    const values = Object.entries(fields).map(([name, value]) => [name, scalar(value)])
    const contact = relationships?.[contactRelationship]?.[0] ?? null
    const fieldsAndContact = { ...Object.fromEntries(values), [contactRelationship]: contact }
    return { id, key: id, fields: fieldsAndContact, optedOut: undefined }
  })
}

/** All records of ActiveCampaign that an entity ends in. */
export const readActiveCampaign = async (
  world: World,
  entity: CompiledEntity,
  people: readonly Person[],
): Promise<readonly Side[]> => {
  switch (entity.entity) {
    case 'accounts':
      return readAccounts(world, entity)
    case 'opportunities':
      return readObject(world, entity)
    case 'leads':
    case 'contacts':
      return people.map((person) => ({
        ...person,
        key: matchKeysOfActiveCampaign(entity, person.fields)[0],
      }))
  }
}
