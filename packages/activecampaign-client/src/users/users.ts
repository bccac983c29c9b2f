import type { ApiCall, CallOptions, Connection } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type User, userRow } from './user.ts'

/** Users of the account: owners of accounts, writers of notes. @see https://developers.activecampaign.com/reference/list-all-users */
export class Users {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All users.
   *
   * Endpoint: `GET /users`, one call per 100 users.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function userIdByEmail(client: ActiveCampaignClient) {
   *   const users = await client.users.list().toArray()
   *   return new Map(users.map((user) => [user.email.toLowerCase(), user.id]))
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<User> {
    return listRows(this.#connection, {
      operation: 'users.list',
      path: 'users',
      key: 'users',
      row: userRow,
      options,
    })
  }

  /**
   * One user.
   *
   * Endpoint: `GET /users/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function zoneOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.users.get(id)).localZoneid
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<User> {
    return this.#one({ operation: 'users.get', method: 'GET', path: path`users/${id}`, options })
  }

  /**
   * The user of an e-mail address.
   *
   * Endpoint: `GET /users/email/{email}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function ownerId(client: ActiveCampaignClient, email: string) {
   *   return (await client.users.getByEmail(email)).id
   * }
   * ```
   */
  getByEmail(email: string, options?: CallOptions): Promise<User> {
    return this.#one({
      operation: 'users.getByEmail',
      method: 'GET',
      path: path`users/email/${email}`,
      options,
    })
  }

  /**
   * The user of a user name.
   *
   * Endpoint: `GET /users/username/{username}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function ownerId(client: ActiveCampaignClient) {
   *   return (await client.users.getByUsername('admin')).id
   * }
   * ```
   */
  getByUsername(username: string, options?: CallOptions): Promise<User> {
    const endpoint = path`users/username/${username}`
    return this.#one({ operation: 'users.getByUsername', method: 'GET', path: endpoint, options })
  }

  #one(call: ApiCall): Promise<User> {
    return this.#connection.one(call, 'user', userRow)
  }
}
