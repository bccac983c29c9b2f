import type { ServiceResponse } from '../custom-request.ts'
import type { DynamicsError } from '../errors/dynamics-error.ts'
import type { PreparedRequest } from '../prepared-request.ts'

/** Requests that take effect together or not at all. Contains no reads. */
export interface ChangeSet {
  readonly changeSet: readonly PreparedRequest[]
}

/** One thing in a batch. */
export type BatchItem = PreparedRequest | ChangeSet

/** The answer to one request of a batch. */
export interface BatchResponse extends ServiceResponse {
  /** The row written, when the service names it by its GUID. */
  readonly id: string | undefined
}

/** What became of one thing in a batch. */
export type BatchOutcome =
  /** One response for a request, one for each request of a change set. */
  | { readonly outcome: 'done'; readonly responses: readonly [BatchResponse, ...BatchResponse[]] }
  /** Refused; of a change set nothing took effect. */
  | { readonly outcome: 'failed'; readonly error: DynamicsError }
  /** Not run, as an earlier one failed. */
  | { readonly outcome: 'skipped' }

/**
 * Requests that take effect together or not at all, for `batch()`. Inside, `createdInChangeSet(table, n)` refers to the
 * row of the n-th request.
 *
 * @example
 * import { account, changeSet, contact, createdInChangeSet, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const companyWithPerson = (client: DynamicsClient) =>
 *   client.batch([
 *     changeSet([
 *       client.table(account).prepare.create({ name: 'Contoso' }),
 *       client
 *         .table(contact)
 *         .prepare.create({ lastname: 'Ek', parentcustomerid: createdInChangeSet(account, 1) }),
 *     ]),
 *   ])
 */
export const changeSet = (requests: readonly PreparedRequest[]): ChangeSet => ({ changeSet: requests })
