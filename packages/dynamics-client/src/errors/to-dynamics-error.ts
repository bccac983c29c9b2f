import {
  type HttpError,
  type HttpStatusError,
  isHttpStatusError,
  isUnknownOutcomeError,
  type RetryPolicy,
  UnknownOutcomeError,
} from '@dynacamp/http'
import { DeltaExpiredError } from './delta-expired-error.ts'
import { DynamicsError, type DynamicsErrorDetails } from './dynamics-error.ts'
import { describeErrorBody, parseErrorBody } from './error-body.ts'
import { dataverseCodes, throttlingCodes, transientCodes } from './error-codes.ts'

type Answer = Omit<DynamicsErrorDetails, 'dataverseCode'>

/** The typed error for an answer that carries one, whatever its status. */
export const dynamicsErrorFrom = (answer: Answer): DynamicsError => {
  const { dataverseCode, message } = describeErrorBody(answer.body, answer.status)
  const text = `${answer.operation}: ${message} (${[answer.status, dataverseCode].filter(Boolean).join(' ')})`
  // The status of an expired token is not documented, and 400 and 410 are both claimed: only the code decides.
  const ErrorClass = dataverseCode === dataverseCodes.expiredVersionStamp ? DeltaExpiredError : DynamicsError
  return new ErrorClass(text, { ...answer, dataverseCode })
}

/** What is known of a request, from one error to another. */
const detailsOf = ({ operation, method, url, requestId, attempts, retryable }: HttpError) => ({
  operation,
  requestId,
  retryable,
  ...(method === undefined ? {} : { method }),
  ...(url === undefined ? {} : { url }),
  ...(attempts === undefined ? {} : { attempts }),
})

const refusal = (error: HttpStatusError): DynamicsError => {
  const { status, retryAfterMs, body } = error
  return dynamicsErrorFrom({ ...detailsOf(error), status, retryAfterMs, body })
}

/** The same error in the service's own words: a refusal, or an unknown outcome that was caused by one. */
export const inServiceWords = (error: unknown): unknown => {
  if (isHttpStatusError(error)) return refusal(error)
  if (isUnknownOutcomeError(error) && isHttpStatusError(error.cause)) {
    const details = { ...detailsOf(error), status: error.status }
    return new UnknownOutcomeError(error.message, details, { cause: refusal(error.cause) })
  }
  return error
}

/**
 * What Dataverse's own code says about repeating. A 500 with a code other than "unexpected" was decided by the
 * service, often by a customer's plug-in: it would be the same again.
 */
export const judgeDataverse: NonNullable<RetryPolicy['judge']> = ({ status, body, operation }) => {
  const code = parseErrorBody(body)?.dataverseCode
  if (code === undefined || code === '') return undefined
  if (throttlingCodes.has(code)) return 'refused'
  // A bulk request that took too long has to become smaller, not be sent again as it is.
  if (code === dataverseCodes.sqlTimeout && operation.endsWith('Many')) return 'final'
  if (transientCodes.has(code)) return 'refused'
  return status === 500 && code !== dataverseCodes.unexpected ? 'final' : undefined
}
