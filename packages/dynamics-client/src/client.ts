import type { BatchItem, BatchOutcome } from './batch/change-set.ts'
import type { BatchOptions } from './batch/send-batch.ts'
import type { ServiceResponse } from './custom-request.ts'
import type { Metadata } from './metadata/metadata.ts'
import type { CallOptions, PreparedRequest } from './prepared-request.ts'
import type { Closing } from './sales/close-opportunity.ts'
import type { MergeRequest } from './sales/merge-rows.ts'
import type { Qualification, QualifiedLead } from './sales/qualify-lead.ts'
import type { TableNames } from './schema/table.ts'
import type { TableClient } from './table-client.ts'
import type { Users } from './users/users.ts'
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
  /** The environment that every call goes to: the origin of the `environmentUrl` that was given. */
  readonly environmentUrl: string

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
   * Many requests as one, at most 1000, run in order; the outcomes are in the order of the items. `POST /$batch`: one
   * request for the limit of 6000, but its whole duration counts, and every request inside counts for entitlement.
   *
   * Requests outside of change sets are independent: what ran before a failure stays.
   *
   * @throws UnknownOutcomeError when the answer was lost or cannot be read and not everything in it is repeatable
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const rename = async (client: DynamicsClient, names: ReadonlyMap<string, string>) => {
   *   const { prepare } = client.table(contact)
   *   const requests = [...names].map(([id, lastname]) => prepare.update(id, { lastname }))
   *   const outcomes = await client.batch(requests, { continueOnError: true })
   *   return outcomes.filter(({ outcome }) => outcome === 'failed').length
   * }
   */
  batch(items: readonly BatchItem[], options?: BatchOptions): Promise<readonly BatchOutcome[]>

  /**
   * Requests sent so far, repeats included, without those that sign in. What `actingAs` gives shares the count.
   *
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const callsOf = async (client: DynamicsClient, work: () => Promise<void>) => {
   *   const before = client.requestsSent
   *   await work()
   *   return client.requestsSent - before
   * }
   */
  readonly requestsSent: number

  /** What the environment's tables look like. */
  readonly metadata: Metadata

  /** Users, their roles and privileges. */
  readonly users: Users

  /**
   * Turns a lead into an account, a contact and an opportunity, as far as asked.
   * `POST /leads({id})/Microsoft.Dynamics.CRM.QualifyLead`
   *
   * @throws DynamicsError with `dataverseCode` `'0x80040519'` when the lead is closed already
   * @throws UnknownOutcomeError when the answer was lost: read the lead's `statecode` before trying again
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const toOpportunity = async (client: DynamicsClient, leadId: string) => {
   *   const made = await client.qualifyLead(leadId, {
   *     createAccount: true,
   *     createContact: true,
   *     createOpportunity: true,
   *   })
   *   return made.opportunityId
   * }
   */
  qualifyLead(leadId: string, qualification: Qualification, options?: CallOptions): Promise<QualifiedLead>

  /**
   * Closes an opportunity as won. `POST /WinOpportunity`
   *
   * @throws DynamicsError with `dataverseCode` `'0x80040515'` when it is closed already
   * @throws UnknownOutcomeError when the answer was lost
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const won = (client: DynamicsClient, id: string) => client.winOpportunity(id, { actualRevenue: 5_000 })
   */
  winOpportunity(opportunityId: string, closing?: Closing, options?: CallOptions): Promise<void>

  /**
   * Closes an opportunity as lost. `POST /LoseOpportunity`
   *
   * @throws DynamicsError with `dataverseCode` `'0x80040515'` when it is closed already
   * @throws UnknownOutcomeError when the answer was lost
   * @example
   * import type { DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const outSold = (client: DynamicsClient, id: string) => client.loseOpportunity(id, { status: 5 })
   */
  loseOpportunity(opportunityId: string, closing?: Closing, options?: CallOptions): Promise<void>

  /**
   * Makes two accounts, contacts or leads one: the merged row is deactivated and points to the survivor in `masterid`,
   * what belonged to it moves. Both must be active. `POST /Merge`
   *
   * @throws DynamicsError with `isForbidden`, `isNotFound`, or when a row is inactive
   * @throws UnknownOutcomeError when the answer was lost: read `merged` of the merged row before trying again
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const join = (client: DynamicsClient, survivorId: string, mergedId: string, jobtitle: string) =>
   *   client.merge(contact, { survivorId, mergedId, update: { jobtitle } })
   */
  merge<T extends TableNames & { readonly logicalName: string; readonly primaryId: string }>(
    table: T,
    merge: MergeRequest<T>,
    options?: CallOptions,
  ): Promise<void>

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
