import { DataverseError } from '../dataverse-error.ts'
import type { Environment } from '../environment.ts'
import type { Table } from '../schema/table.ts'
import type { Row } from '../store/table-store.ts'
import type { Caller } from './caller.ts'
import { privilegeId, privilegeName, type Verb } from './privileges.ts'

/** Somebody who does something in an environment. A call is one. */
export interface Actor {
  readonly environment: Environment
  readonly caller: Caller
}

/** Is this row within the reach of the caller's privilege? Rows without an owner are everybody's. */
export function reaches(actor: Actor, verb: Verb, table: Table, row: Row): boolean {
  const depth = actor.caller.depth(privilegeName(verb, table))
  if (depth === undefined) return false
  if (depth === 'Global' || table.ownership !== 'UserOwned') return true
  const owner = row._ownerid_value
  if (owner === actor.caller.userId || actor.caller.teamIds.includes(String(owner))) return true
  return depth !== 'Basic' && row._owningbusinessunit_value === actor.caller.businessUnitId
}

export const mayRead = (actor: Actor, table: Table, row: Row): boolean => reaches(actor, 'Read', table, row)

/** The long sentence that names what is missing; clients parse `prv\w+` out of it. */
function privilegeDenied(actor: Actor, privilege: string, table: Table): DataverseError {
  const user = actor.environment.store.table('systemuser').get(actor.caller.userId)
  const objectId = user?.azureactivedirectoryobjectid ?? ''
  return new DataverseError(
    403,
    '0x80040220',
    'PrivilegeDenied',
    `Principal user (Id=${actor.caller.userId}, type=8, roleCount=1, privilegeCount=1, accessMode='4 Non-interactive', AADObjectId='${String(objectId)}', MetadataCachePrivilegesCount=7300, businessUnitId=${actor.caller.businessUnitId}), is missing ${privilege} privilege (Id=${privilegeId(privilege)}) on OTC=${table.objectTypeCode} for entity '${table.logicalName}' (LocalizedName='${table.label}'). context.Caller=${actor.caller.userId}. Consider adding missed privilege to one of the principal (user/team) roles.`,
  )
}

/** Throws unless the caller holds the privilege at any depth. */
export function demand(actor: Actor, verb: Verb, table: Table): void {
  const name = privilegeName(verb, table)
  if (actor.caller.depth(name) === undefined) throw privilegeDenied(actor, name, table)
}

/** Throws unless the caller holds the privilege and it reaches this row. */
export function demandOn(actor: Actor, verb: Verb, table: Table, row: Row): void {
  demand(actor, verb, table)
  if (reaches(actor, verb, table, row)) return
  throw new DataverseError(
    403,
    '0x80040220',
    'PrivilegeDenied',
    `Principal with id ${actor.caller.userId} does not have ${verb}Access right(s) for record with id ${String(row[table.primaryId])} of entity ${table.logicalName}.`,
  )
}
