import type { Answer } from '../../shared/exchange.ts'
import { type Call, odataAnswer } from '../call.ts'
import { DataverseError } from '../dataverse-error.ts'
import type { WriteCall } from '../write/requests.ts'
import { merge } from './merge.ts'
import { listParameter } from './parameters.ts'
import { retrieveRolePrivileges } from './privilege-functions.ts'
import { loseOpportunity, winOpportunity } from './sales.ts'

/** An unbound function or action. */
export interface Operation {
  readonly method: 'GET' | 'POST'
  readonly run: (call: WriteCall) => Answer
}

const whoAmI = (call: Call): Answer =>
  odataAnswer(call, 200, {
    '@odata.context': `${call.root}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
    BusinessUnitId: call.caller.businessUnitId,
    UserId: call.caller.userId,
    OrganizationId: call.environment.ids.organization,
  })

/** Counts of whole tables; one unknown name fails all of them. */
function retrieveTotalRecordCount(call: Call): Answer {
  const names = listParameter(call, call.segments[0]?.key, 'EntityNames')
  const { schema, store } = call.environment
  for (const name of names) {
    if (schema.tables.has(name)) continue
    throw new DataverseError(
      404,
      '0x80041102',
      'QueryBuilderNoEntity',
      `The entity with a name = '${name}' with namemapping = 'Logical' was not found in the MetadataCache.`,
    )
  }
  return odataAnswer(call, 200, {
    '@odata.context': `${call.root}/$metadata#Microsoft.Dynamics.CRM.RetrieveTotalRecordCountResponse`,
    EntityRecordCountCollection: {
      Count: names.length,
      IsReadOnly: false,
      Keys: names,
      Values: names.map((name) => store.table(name).size),
    },
  })
}

const retrieveVersion = (call: Call): Answer =>
  odataAnswer(call, 200, {
    '@odata.context': `${call.root}/$metadata#Microsoft.Dynamics.CRM.RetrieveVersionResponse`,
    Version: '9.2.26014.00152',
  })

/** Unbound functions and actions by their names in lower case: the router of the service does not look at case. */
export const unboundOperations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['whoami', { method: 'GET', run: whoAmI }],
  ['retrieveversion', { method: 'GET', run: retrieveVersion }],
  ['retrievetotalrecordcount', { method: 'GET', run: retrieveTotalRecordCount }],
  ['retrieveroleprivilegesrole', { method: 'GET', run: retrieveRolePrivileges }],
  ['merge', { method: 'POST', run: merge }],
  ['winopportunity', { method: 'POST', run: winOpportunity }],
  ['loseopportunity', { method: 'POST', run: loseOpportunity }],
])
