import { createRandom } from '../../shared/random.ts'
import type { Environment } from '../environment.ts'
import type { Table } from '../schema/table.ts'
import type { Caller, Depth } from './caller.ts'

/** The verbs of table privileges and their numbers in `privilege.accessright`. */
export const accessRights = {
  Read: 1,
  Write: 2,
  Append: 4,
  AppendTo: 16,
  Create: 32,
  Delete: 65_536,
  Share: 262_144,
  Assign: 524_288,
} as const

export type Verb = keyof typeof accessRights

/** All activities share one set of privileges. */
export const privilegeName = (verb: Verb, table: Table): string =>
  `prv${verb}${table.activity ? 'Activity' : table.schemaName}`

const reach: Readonly<Record<Depth, number>> = { Basic: 1, Local: 2, Deep: 3, Global: 4 }

/** Ids of privileges follow from their names, so that they are the same in every environment. */
export const privilegeId = (name: string): string => createRandom(0).fork(name).guid()

/** Privileges that belong to no table. */
export const globalPrivileges = [
  'prvActOnBehalfOfAnotherUser',
  'prvMerge',
  'prvOverrideCreatedOnCreatedBy',
] as const

/** Roles of a user, those of the user's teams included. */
export function rolesOf({ store }: Environment, userId: string): readonly string[] {
  const teams = store.linked('teammembership_association', userId, 'second')
  return [
    ...store.linked('systemuserroles_association', userId, 'first'),
    ...teams.flatMap((team) => store.linked('teamroles_association', team, 'first')),
  ]
}

/** The deepest that any of the roles grants. */
export function deepest(
  environment: Environment,
  roles: readonly string[],
  privilege: string,
): Depth | undefined {
  let found: Depth | undefined
  for (const role of roles) {
    const grants = environment.grants.get(role)
    const depth = grants === 'everything' ? 'Global' : grants?.get(privilege)
    if (depth !== undefined && (found === undefined || reach[depth] > reach[found])) found = depth
  }
  return found
}

const shallower = (left: Depth | undefined, right: Depth | undefined): Depth | undefined =>
  left === undefined || right === undefined ? undefined : reach[left] < reach[right] ? left : right

/** A user as a caller; with `onBehalfOf`, the intersection of what both may do. */
export function callerFor(environment: Environment, userId: string, onBehalfOf?: string): Caller {
  const { store } = environment
  const user = store.table('systemuser').get(userId)
  const roles = rolesOf(environment, userId)
  const realRoles = onBehalfOf === undefined ? roles : rolesOf(environment, onBehalfOf)
  return {
    userId,
    businessUnitId: String(user?._businessunitid_value ?? environment.ids.businessUnit),
    teamIds: store.linked('teammembership_association', userId, 'second'),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    depth(privilege) {
      const own = deepest(environment, roles, privilege)
      return onBehalfOf === undefined ? own : shallower(own, deepest(environment, realRoles, privilege))
    },
  }
}
