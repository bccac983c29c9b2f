import type { ServiceResponse } from './custom-request.ts'
import type { CallOptions, PreparedRequest } from './prepared-request.ts'
import type { TableNames } from './schema/table.ts'
import type { TableClient } from './table-client.ts'
import type { Identity } from './who-am-i.ts'

/** Whom to act as: one of the two. */
export type Impersonation =
  | { readonly entraObjectId: string; readonly systemUserId?: never }
  | { readonly systemUserId: string; readonly entraObjectId?: never }

/**
 * A Dataverse environment. All methods throw `DynamicsError` when the service refuses, `SignInError` when there is no
 * token, and the errors of `@dynacamp/http`.
 */
export interface DynamicsClient {
  /**
   * Who the credentials belong to. `GET /WhoAmI`, one request. A good first call: it proves the sign-in.
   *
   * @throws SignInError, DynamicsError with `isForbidden` when the app has no user in the environment
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const ownUserId = async (client: DynamicsClient) => (await client.whoAmI()).userId
   */
  whoAmI(options?: CallOptions): Promise<Identity>

  /**
   * The rows of a table: typed when given a table of `defineTable`, as the wire has them when given an entity set.
   *
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const tables = (client: DynamicsClient) => [client.table(contact), client.table('new_projects')]
   */
  table<T extends TableNames>(table: T): TableClient<T>
  table(entitySet: string): TableClient<TableNames>

  /**
   * Any other request below the API's root, with the client's sign-in, limits, repeats and errors. Statuses from 400
   * are errors.
   *
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const version = async (client: DynamicsClient) => {
   *   const answer = await client.request({ operation: 'version', method: 'GET', path: 'RetrieveVersion()' })
   *   return answer.json()
   * }
   */
  request(request: PreparedRequest, options?: CallOptions): Promise<ServiceResponse>

  /**
   * The same environment as another user sees it: rights are the intersection of both users'. Sign-in and limits are
   * shared with this client. Needs the privilege `prvActOnBehalfOfAnotherUser`.
   *
   * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/impersonate-another-user-web-api
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const asPerson = (client: DynamicsClient, entraObjectId: string) => client.actingAs({ entraObjectId })
   */
  actingAs(user: Impersonation): DynamicsClient
}
