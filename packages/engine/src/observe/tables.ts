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

/**
 * The `statecode` of a row that is set aside for good, in its default status. A lead's 1 is "Qualified", which says that it became a
 * customer; 2 is "Disqualified". An opportunity's 2 is "Lost".
 * https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/lead#BKMK_StateCode
 */
export const inactiveStates: Readonly<Record<EntityName, number>> = {
  contacts: 1,
  accounts: 1,
  leads: 2,
  opportunities: 2,
}

export const tableOf = (entity: EntityName): EntityTable => tables[entity]
