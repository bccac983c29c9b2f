import { matchKeysOfActiveCampaign, matchKeysOfDynamics } from '@dynacamp/core'
import type { CompiledEntity, EntityName, Fields } from '@dynacamp/mapping-dsl'
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

/** All rows of an entity, as Dynamics 365 lists them. */
export const readDynamics = async ({ dynamics }: World, entity: CompiledEntity): Promise<readonly Side[]> => {
  const primaryId = primaryIds[entity.entity]
  const rows = dynamics
    .table({ entitySet: entity.entity, primaryId })
    .list({ select: [...entity.columns, primaryId], ...entity.annotations })
  return Array.fromAsync(rows, (row) => {
    const fields = entity.readRow(row)
    return { id: String(row[primaryId]), key: matchKeysOfDynamics(entity, fields)[0], fields }
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

/** All records of ActiveCampaign that an entity ends in. */
export const readActiveCampaign = (world: World, entity: CompiledEntity): Promise<readonly Side[]> => {
  switch (entity.entity) {
    case 'accounts':
      return readAccounts(world, entity)
    case 'contacts':
      return readContacts(world, entity)
    default:
      throw new Error(`the demo does not compare ${entity.entity}`)
  }
}
