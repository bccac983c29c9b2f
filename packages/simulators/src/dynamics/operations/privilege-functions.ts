import type { Answer } from '../../shared/exchange.ts'
import { type Call, odataAnswer } from '../call.ts'
import { doesNotExist } from '../dataverse-error.ts'
import type { Environment } from '../environment.ts'
import { findRow, parseKey } from '../read/key.ts'
import { addressedRow } from '../read/single.ts'
import type { Table } from '../schema/table.ts'
import { reaches } from '../security/access.ts'
import type { Depth } from '../security/caller.ts'
import { callerFor, deepest, rolesOf, type Verb } from '../security/privileges.ts'
import { listParameter, referenceParameter, textParameter } from './parameters.ts'

const none = '00000000-0000-0000-0000-000000000000'

/** Privileges that some roles grant together, in the shape of `RolePrivileges`. */
function rolePrivileges(
  environment: Environment,
  roles: readonly string[],
  businessUnitId: string,
  names?: ReadonlySet<string>,
): readonly Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = []
  for (const row of environment.store.table('privilege').inKeyOrder()) {
    const name = String(row.name)
    if (names !== undefined && !names.has(name)) continue
    const depth: Depth | undefined = deepest(environment, roles, name)
    if (depth === undefined) continue
    found.push({
      Depth: depth,
      PrivilegeId: row.privilegeid,
      BusinessUnitId: businessUnitId,
      PrivilegeName: name,
      RecordFilterId: none,
      RecordFilterUniqueName: '',
    })
  }
  return found
}

const answer = (call: Call, name: string, privileges: readonly unknown[]): Answer =>
  odataAnswer(call, 200, {
    '@odata.context': `${call.root}/$metadata#Microsoft.Dynamics.CRM.${name}Response`,
    RolePrivileges: privileges,
  })

type BoundFunction = (call: Call, table: Table, key: string, parameters: string | undefined) => Answer

const ofUser =
  (
    name: string,
    names?: (call: Call, parameters: string | undefined) => ReadonlySet<string>,
  ): BoundFunction =>
  (call, table, key, parameters) => {
    const { environment } = call
    const id = String(addressedRow(call, table, key)[table.primaryId])
    const { businessUnitId } = callerFor(environment, id)
    return answer(
      call,
      name,
      rolePrivileges(environment, rolesOf(environment, id), businessUnitId, names?.(call, parameters)),
    )
  }

/** `GET /teams(<id>)/…RetrieveTeamPrivileges`: the key is `RolePrivileges` too, empty when the team has no roles. */
const retrieveTeamPrivileges: BoundFunction = (call, table, key) => {
  const team = addressedRow(call, table, key)
  const roles = call.environment.store.linked('teamroles_association', String(team[table.primaryId]), 'first')
  const unit = String(team._businessunitid_value ?? call.environment.ids.businessUnit)
  return answer(call, 'RetrieveTeamPrivileges', rolePrivileges(call.environment, roles, unit))
}

const rights: readonly Verb[] = ['Read', 'Write', 'Append', 'AppendTo', 'Create', 'Delete', 'Share', 'Assign']

/** What a user may do with one row. A wrong entity set and a missing row look the same. */
const retrievePrincipalAccess: BoundFunction = (call, table, key, parameters) => {
  const { environment } = call
  const user = addressedRow(call, table, key)
  const target = referenceParameter(call, parameters, 'Target')
  const [, set = '', id = ''] = /(\w+)\(([^)]*)\)$/.exec(target) ?? []
  const targetTable = environment.schema.bySet(set)
  if (targetTable === undefined) throw doesNotExist(set, id)
  const row = findRow(environment, targetTable, parseKey(targetTable, id))
  if (row === undefined) throw doesNotExist(targetTable.schemaName, id)
  const actor = { environment, caller: callerFor(environment, String(user[table.primaryId])) }
  const held = rights.filter((verb) => verb !== 'Create' && reaches(actor, verb, targetTable, row))
  return odataAnswer(call, 200, {
    '@odata.context': `${call.root}/$metadata#Microsoft.Dynamics.CRM.RetrievePrincipalAccessResponse`,
    AccessRights: held.length === 0 ? 'None' : held.map((verb) => `${verb}Access`).join(', '),
  })
}

/** Functions bound to users and teams, by entity set and name. */
export const principalFunctions: Readonly<Partial<Record<string, BoundFunction>>> = {
  'systemusers.RetrieveUserPrivileges': ofUser('RetrieveUserPrivileges'),
  'systemusers.RetrieveUserPrivilegeByPrivilegeName': ofUser(
    'RetrieveUserPrivilegeByPrivilegeName',
    (call, parameters) => new Set([textParameter(call, parameters, 'PrivilegeName')]),
  ),
  'systemusers.RetrieveUserSetOfPrivilegesByNames': ofUser(
    'RetrieveUserSetOfPrivilegesByNames',
    (call, parameters) => new Set(listParameter(call, parameters, 'PrivilegeNames')),
  ),
  'systemusers.RetrievePrincipalAccess': retrievePrincipalAccess,
  'teams.RetrieveTeamPrivileges': retrieveTeamPrivileges,
}

/** `GET /RetrieveRolePrivilegesRole(RoleId=<guid>)` */
export function retrieveRolePrivileges(call: Call): Answer {
  const roleId = textParameter(call, call.segments[0]?.key, 'RoleId').toLowerCase()
  const role = call.environment.store.table('role').get(roleId)
  if (role === undefined) throw doesNotExist('Role', roleId)
  const unit = String(role._businessunitid_value)
  return answer(call, 'RetrieveRolePrivilegesRole', rolePrivileges(call.environment, [roleId], unit))
}
