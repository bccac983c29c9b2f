import { DynamicsError } from './dynamics-error.ts'
import { dataverseCodes as codes, throttlingCodes } from './error-codes.ts'

const hasCode = (error: unknown, ...wanted: readonly string[]): error is DynamicsError =>
  error instanceof DynamicsError && wanted.includes(error.dataverseCode ?? 'none')

/**
 * The row does not exist. False for a misspelt entity set, which is a 404 too.
 * @example
 * import { contact, isNotFound, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const find = (client: DynamicsClient, id: string) =>
 *   client.table(contact).get(id).catch((error: unknown) => {
 *     if (isNotFound(error)) return undefined
 *     throw error
 *   })
 */
export const isNotFound = (error: unknown): error is DynamicsError =>
  hasCode(error, codes.objectDoesNotExist, codes.recordNotFoundByKey) ||
  // A PATCH with If-Match: * is documented to answer with an empty code.
  (error instanceof DynamicsError &&
    error.status === 404 &&
    error.dataverseCode === '' &&
    /does not exist/i.test(error.message))

/**
 * `ifMatch` did not hold: the row was changed since its ETag was read. Read it again, merge, retry.
 * @example
 * const next = (error: unknown) => (isPreconditionFailed(error) ? 'read, merge, retry' : 'give up')
 */
export const isPreconditionFailed = (error: unknown): error is DynamicsError =>
  hasCode(error, codes.concurrencyVersionMismatch)

/**
 * A row with this id or key exists already: the id of a create, an alternate key, a unique index.
 * @example
 * const next = (error: unknown) => (isAlreadyExists(error) ? 'update instead' : 'give up')
 */
export const isAlreadyExists = (error: unknown): error is DynamicsError =>
  hasCode(error, codes.duplicateRecord, codes.alternateKeyViolated, codes.uniqueIndexViolated)

/**
 * A published duplicate detection rule refused the row; only with `detectDuplicates`.
 * @example
 * const next = (error: unknown) => (isDuplicateDetected(error) ? 'find the other row' : 'give up')
 */
export const isDuplicateDetected = (error: unknown): error is DynamicsError =>
  hasCode(error, codes.duplicateRecordsFound)

/**
 * Service protection limits held even after the retries. `retryAfterMs` says when to come back.
 * @example
 * const pauseMs = (error: unknown) => (isThrottled(error) ? (error.retryAfterMs ?? 60_000) : 0)
 */
export const isThrottled = (error: unknown): error is DynamicsError =>
  error instanceof DynamicsError && (error.status === 429 || throttlingCodes.has(error.dataverseCode ?? ''))

/**
 * The user may not do this. `missingPrivilege` names the privilege when the service does.
 * @example
 * const missing = (error: unknown) => (isForbidden(error) ? error.missingPrivilege : undefined)
 */
export const isForbidden = (error: unknown): error is DynamicsError =>
  error instanceof DynamicsError && (error.status === 403 || error.dataverseCode === codes.privilegeDenied)
