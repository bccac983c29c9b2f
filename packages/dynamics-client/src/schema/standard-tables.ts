/**
 * Names of the tables that every environment, or every one with Sales, has. The entity set is not always the plural.
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/reference/about-entity-reference
 */
const standardTables = {
  account: { entitySet: 'accounts', primaryId: 'accountid' },
  annotation: { entitySet: 'annotations', primaryId: 'annotationid' },
  appointment: { entitySet: 'appointments', primaryId: 'activityid' },
  businessunit: { entitySet: 'businessunits', primaryId: 'businessunitid' },
  campaign: { entitySet: 'campaigns', primaryId: 'campaignid' },
  connection: { entitySet: 'connections', primaryId: 'connectionid' },
  contact: { entitySet: 'contacts', primaryId: 'contactid' },
  email: { entitySet: 'emails', primaryId: 'activityid' },
  lead: { entitySet: 'leads', primaryId: 'leadid' },
  list: { entitySet: 'lists', primaryId: 'listid' },
  opportunity: { entitySet: 'opportunities', primaryId: 'opportunityid' },
  organization: { entitySet: 'organizations', primaryId: 'organizationid' },
  phonecall: { entitySet: 'phonecalls', primaryId: 'activityid' },
  role: { entitySet: 'roles', primaryId: 'roleid' },
  systemuser: { entitySet: 'systemusers', primaryId: 'systemuserid' },
  task: { entitySet: 'tasks', primaryId: 'activityid' },
  team: { entitySet: 'teams', primaryId: 'teamid' },
  transactioncurrency: { entitySet: 'transactioncurrencies', primaryId: 'transactioncurrencyid' },
} as const

/** The logical name of a table that this client knows the names of. */
export type StandardTable = keyof typeof standardTables

const isStandardTable = (name: string): name is StandardTable => Object.hasOwn(standardTables, name)

/** The entity set of a standard table, by logical name. */
export const standardEntitySet = (logicalName: string): string | undefined =>
  isStandardTable(logicalName) ? standardTables[logicalName].entitySet : undefined

/** The logical name and primary id behind a standard entity set. */
export const standardTableOf = (
  entitySet: string,
): { logicalName: string; primaryId: string } | undefined => {
  for (const [logicalName, table] of Object.entries(standardTables)) {
    if (table.entitySet === entitySet) return { logicalName, primaryId: table.primaryId }
  }
  return undefined
}

/** The primary id of a standard table, by logical name. */
export const standardPrimaryId = (logicalName: string): string | undefined =>
  isStandardTable(logicalName) ? standardTables[logicalName].primaryId : undefined
