import type { TableNames } from '@dynacamp/dynamics-client'
import type { EntityName } from '@dynacamp/mapping-dsl'

/** The D365 table behind an entity. */
export type EntityTable = Required<TableNames>

export const tables: Readonly<Record<EntityName, EntityTable>> = {
  contacts: { entitySet: 'contacts', logicalName: 'contact', primaryId: 'contactid' },
  leads: { entitySet: 'leads', logicalName: 'lead', primaryId: 'leadid' },
  accounts: { entitySet: 'accounts', logicalName: 'account', primaryId: 'accountid' },
  opportunities: { entitySet: 'opportunities', logicalName: 'opportunity', primaryId: 'opportunityid' },
}

export const tableOf = (entity: EntityName): EntityTable => tables[entity]
