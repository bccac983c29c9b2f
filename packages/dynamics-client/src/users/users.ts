import type { CallOptions } from '../prepared-request.ts'

/** A person as a picker shows them. */
export interface UserSummary {
  readonly id: string
  readonly fullName: string | null
  readonly email: string | null
  readonly entraObjectId: string | null
}

/** A security role. */
export interface RoleSummary {
  readonly id: string
  readonly name: string | null
}

/** The roles of a user, where each comes from. */
export interface UserRoles {
  readonly direct: readonly RoleSummary[]
  readonly throughTeams: readonly {
    readonly teamId: string
    readonly teamName: string | null
    readonly roles: readonly RoleSummary[]
  }[]
}

/** A privilege that a user has, from any role or team. */
export interface UserPrivilege {
  readonly id: string
  /** `'prvReadContact'` */
  readonly name: string | undefined
  /** How far it reaches: `'Basic'` own rows, `'Local'` the business unit, `'Deep'` those below too, `'Global'` all. */
  readonly depth: string
}

/** Users, their roles and privileges. */
export interface Users {
  /**
   * People whose name contains a text, for a picker: enabled, interactive, no applications.
   * `GET /systemusers`, one request. The search is not indexed: keep `limit` small and wait for a pause in the typing.
   *
   * @param text Taken literally, wildcards too.
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const suggest = (client: DynamicsClient, typed: string) => client.users.search(typed, { limit: 5 })
   */
  search(text: string, options?: CallOptions & { readonly limit?: number }): Promise<readonly UserSummary[]>

  /**
   * The roles of a user. `GET /systemusers({id})/systemuserroles_association` and `.../teammembership_association`, two
   * requests.
   *
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const roleNames = async (client: DynamicsClient, userId: string) => {
   *   const { direct, throughTeams } = await client.users.roles(userId)
   *   return [...direct, ...throughTeams.flatMap(({ roles }) => roles)].map(({ name }) => name)
   * }
   */
  roles(userId: string, options?: CallOptions): Promise<UserRoles>

  /**
   * The privileges of a user, those of teams included. With names `GET
   * /systemusers({id})/Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames`, one request per 40 names; those that
   * are missing in the result are not held. Without names `.../RetrieveUserPrivileges`, one answer of about a megabyte.
   *
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const canWriteContacts = async (client: DynamicsClient, userId: string) => {
   *   const held = await client.users.privileges(userId, ['prvWriteContact'])
   *   return held.some(({ depth }) => depth === 'Global')
   * }
   */
  privileges(
    userId: string,
    names?: readonly string[],
    options?: CallOptions,
  ): Promise<readonly UserPrivilege[]>

  /**
   * Gives a user a role. `POST /systemusers({id})/systemuserroles_association/$ref`. The role must be the copy that
   * belongs to the user's business unit.
   *
   * @throws DynamicsError with `isForbidden`, or when the role belongs to another business unit
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const grant = (client: DynamicsClient, userId: string, roleId: string) =>
   *   client.users.addRole(userId, roleId)
   */
  addRole(userId: string, roleId: string, options?: CallOptions): Promise<void>

  /**
   * Takes a role from a user. `DELETE /systemusers({id})/systemuserroles_association({roleId})/$ref`
   *
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const revoke = (client: DynamicsClient, userId: string, roleId: string) =>
   *   client.users.removeRole(userId, roleId)
   */
  removeRole(userId: string, roleId: string, options?: CallOptions): Promise<void>
}
