import { allEnded } from '@dynacamp/http'
import * as z from 'zod'
import { createTableClient } from '../create-table-client.ts'
import { likeLiteral, odata } from '../odata.ts'
import type { CallOptions } from '../prepared-request.ts'
import { recordPath } from '../record-key.ts'
import { reference } from '../schema/reference.ts'
import { role, systemuser } from '../tables/administration.ts'
import { decodeBody, type Transport } from '../transport.ts'
import type { RoleSummary, UserPrivilege, UserRoles, UserSummary, Users } from './users.ts'

/** A list of names travels in the URL, which is bounded. */
const namesPerRequest = 40

const id = z.guid().toLowerCase()
const name = z.string().nullable()
const teamsAnswer = z.looseObject({
  value: z.array(
    z.looseObject({
      teamid: id,
      name,
      teamroles_association: z.array(z.looseObject({ roleid: id, name })),
    }),
  ),
})
const privilegesAnswer = z.looseObject({
  RolePrivileges: z.array(
    z.looseObject({ PrivilegeId: id, PrivilegeName: z.string().optional(), Depth: z.string() }),
  ),
})

const collect = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const chunksOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )

export const createUsers = (transport: Transport): Users => {
  const users = createTableClient(transport, systemuser)

  const search = async (
    text: string,
    { limit = 10, ...options }: CallOptions & { readonly limit?: number } = {},
  ): Promise<readonly UserSummary[]> => {
    const rows = users.list({
      ...options,
      select: ['fullname', 'internalemailaddress', 'azureactivedirectoryobjectid'],
      // Access modes 3 and 5 are support users and delegated administrators of Microsoft and partners.
      filter: odata`isdisabled eq false and accessmode ne 3 and accessmode ne 5 and applicationid eq null and contains(fullname,${likeLiteral(text)})`,
      orderBy: ['fullname', 'systemuserid'],
      top: limit,
    })
    return (await collect(rows)).map((row) => ({
      id: row.systemuserid,
      fullName: row.fullname,
      email: row.internalemailaddress,
      entraObjectId: row.azureactivedirectoryobjectid,
    }))
  }

  const directRoles = async (userId: string, options: CallOptions): Promise<readonly RoleSummary[]> => {
    const rows = users.related(userId, 'systemuserroles_association', role, { ...options, select: ['name'] })
    return (await collect(rows)).map(({ roleid, name }) => ({ id: roleid, name }))
  }

  const rolesThroughTeams = async (
    userId: string,
    options: CallOptions,
  ): Promise<UserRoles['throughTeams']> => {
    const answer = await transport.send(
      {
        operation: 'users.roles',
        method: 'GET',
        path: `${recordPath('systemusers', userId)}/teammembership_association`,
        query: { $select: 'name', $expand: 'teamroles_association($select=name)' },
      },
      options,
    )
    return decodeBody(answer, teamsAnswer).value.map(({ teamid, name, teamroles_association: roles }) => ({
      teamId: teamid,
      teamName: name,
      roles: roles.map(({ roleid, name }) => ({ id: roleid, name })),
    }))
  }

  const readPrivileges = async (
    userId: string,
    names: readonly string[] | undefined,
    options: CallOptions,
  ): Promise<readonly UserPrivilege[]> => {
    const bound = `${recordPath('systemusers', userId)}/Microsoft.Dynamics.CRM`
    const answer = await transport.send(
      {
        operation: 'users.privileges',
        method: 'GET',
        path:
          names === undefined
            ? `${bound}.RetrieveUserPrivileges`
            : `${bound}.RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@names)`,
        query: names === undefined ? {} : { '@names': JSON.stringify(names) },
      },
      options,
    )
    return decodeBody(answer, privilegesAnswer).RolePrivileges.map(
      ({ PrivilegeId, PrivilegeName, Depth }) => ({
        id: PrivilegeId,
        name: PrivilegeName,
        depth: Depth,
      }),
    )
  }

  return {
    search,
    roles: async (userId, options = {}) => {
      const [direct, throughTeams] = await allEnded([
        directRoles(userId, options),
        rolesThroughTeams(userId, options),
      ])
      return { direct, throughTeams }
    },
    privileges: async (userId, names, options = {}) => {
      if (names === undefined) return readPrivileges(userId, undefined, options)
      const parts = chunksOf(names, namesPerRequest).map((some) => readPrivileges(userId, some, options))
      return (await allEnded(parts)).flat()
    },
    addRole: (userId, roleId, options = {}) =>
      users.associate(userId, 'systemuserroles_association', reference(role, roleId), options),
    removeRole: (userId, roleId, options = {}) =>
      users.disassociate(userId, 'systemuserroles_association', reference(role, roleId), options),
  }
}
