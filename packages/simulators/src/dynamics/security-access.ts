import type { Environment } from './environment.ts'
import type { Depth } from './security/caller.ts'
import { privilegeId } from './security/privileges.ts'
import type { Application, TokenService } from './security/tokens.ts'
import type { TableAccess } from './table-access.ts'

/** A role to make: what it grants, by privilege name. */
export interface NewRole {
  readonly name: string
  /** `{ prvReadContact: 'Global', prvWriteContact: 'Basic' }`; or everything. */
  readonly privileges: Readonly<Partial<Record<string, Depth>>> | 'everything'
  /** Default: the root business unit. */
  readonly businessUnitId?: string
}

/** An application user to make, with the app registration that it signs in by. */
export interface NewApplicationUser {
  readonly name: string
  /** Ids of its roles; without any it may call nothing. */
  readonly roles: readonly string[]
  readonly businessUnitId?: string
}

/** Users and roles, set up as an administrator would. */
export interface SecurityAccess {
  /** Makes a role; returns its id. */
  defineRole(role: NewRole): string
  /** Makes an application user; returns what it signs in with. */
  defineApplicationUser(user: NewApplicationUser): Application
  /** Id of the role that grants everything. */
  readonly administratorRoleId: string
}

export function createSecurityAccess(
  environment: Environment,
  tokens: TokenService,
  tables: TableAccess,
): SecurityAccess {
  const { store, grants, ids, random } = environment
  const source = random.fork('applications')
  return {
    administratorRoleId: ids.administratorRole,
    defineRole({ name, privileges, businessUnitId = ids.businessUnit }) {
      const roleId = tables.insert('role', { name, _businessunitid_value: businessUnitId })
      const granted = new Map<string, Depth>()
      if (privileges !== 'everything') {
        for (const [privilege, depth] of Object.entries(privileges)) {
          if (depth === undefined) continue
          granted.set(privilege, depth)
          store.link('roleprivileges_association', roleId, privilegeId(privilege))
        }
      }
      grants.set(roleId, privileges === 'everything' ? privileges : granted)
      tables.update('role', roleId, { _parentrootroleid_value: roleId })
      return roleId
    },
    defineApplicationUser({ name, roles, businessUnitId = ids.businessUnit }) {
      const clientId = source.guid()
      const userId = tables.insert('systemuser', {
        lastname: name,
        applicationid: clientId,
        azureactivedirectoryobjectid: source.guid(),
        domainname: clientId,
        accessmode: 4,
        _businessunitid_value: businessUnitId,
      })
      for (const role of roles) store.link('systemuserroles_association', userId, role)
      const application = { clientId, clientSecret: `secret-of-${clientId.slice(0, 8)}`, userId }
      tokens.applications.set(clientId, application)
      return application
    },
  }
}
