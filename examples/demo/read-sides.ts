import { contactRelationship, matchKeysOfActiveCampaign, matchKeysOfDynamics } from '@dynacamp/core'
import type { CompiledEntity, EntityName, Fields, FieldValue } from '@dynacamp/mapping-dsl'
import type { World } from './world.ts'

/** A record of one service: what it is recognised by, and its mapped fields. */
export interface Side {
  readonly id: string
  readonly key: string | undefined
  readonly fields: Fields
}

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
  const currencies = await readCurrencies(dynamics)
  const rows = dynamics
    .table({ entitySet: entity.entity, primaryId })
    .list({ select: [...entity.columns, primaryId], ...entity.annotations })
  return Array.fromAsync(rows, (row) => {
    const fields = entity.readRow(row, currencies)
    const id = String(row[primaryId])
    // A record of a custom object has the id of its row.
    return { id, key: entity.object === undefined ? matchKeysOfDynamics(entity, fields)[0] : id, fields }
  })
}

const readContacts = async ({ activeCampaign }: World, entity: CompiledEntity): Promise<readonly Side[]> => {
  const values = new Map<string, Record<string, string>>()
  for await (const field of activeCampaign.fields.list()) {
    for await (const { contact, value } of activeCampaign.fieldValues.list({ fieldId: field.id })) {
      values.set(contact, { ...values.get(contact), [field.perstag]: value })
    }
  }
  const accounts = new Map<string, string>()
  for await (const { contact, account } of activeCampaign.accountContacts.list())
    accounts.set(contact, account)
  return Array.fromAsync(activeCampaign.contacts.list(), ({ id, email, firstName, lastName, phone }) => {
    const account = accounts.get(id) ?? ''
    const fields = { email, firstName, lastName, phone, account, ...values.get(id) }
    return { id, key: matchKeysOfActiveCampaign(entity, fields)[0], fields }
  })
}

const readAccounts = ({ activeCampaign }: World, entity: CompiledEntity): Promise<readonly Side[]> =>
  Array.fromAsync(activeCampaign.accounts.list(), ({ id, name, accountUrl }) => {
    const fields = { name, accountUrl }
    return { id, key: matchKeysOfActiveCampaign(entity, fields)[0], fields }
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
    return { id, key: id, fields: { ...Object.fromEntries(values), [contactRelationship]: contact } }
  })
}

/** All records of ActiveCampaign that an entity ends in. */
export const readActiveCampaign = (world: World, entity: CompiledEntity): Promise<readonly Side[]> => {
  switch (entity.entity) {
    case 'accounts':
      return readAccounts(world, entity)
    case 'contacts':
      return readContacts(world, entity)
    case 'opportunities':
      return readObject(world, entity)
    default:
      throw new Error(`the demo does not compare ${entity.entity}`)
  }
}
