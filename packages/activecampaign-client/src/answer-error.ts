import type { HttpResponse, HttpStatusError } from '@dynacamp/http'
import type { z } from 'zod'
import { ActiveCampaignError, type ActiveCampaignErrorCode, type AnswerProblem } from './error.ts'
import { type ErrorDetail, readErrorBody } from './error-body.ts'
import { rateLimited } from './retry.ts'

const codeOfStatus: Readonly<Record<number, ActiveCampaignErrorCode>> = {
  400: 'bad-request',
  402: 'payment-required',
  403: 'forbidden',
  404: 'not-found',
  422: 'invalid',
  429: 'rate-limited',
}

// The documents say 403 for a missing field value, the service says 404 with the same sentence; v1 has its own words.
const notFound = /^(?:No Result found|Invalid contact ID)|(?:not found|does not exist)\.?$/

const saysNotFound = (details: readonly ErrorDetail[]): boolean =>
  details.some((detail) => notFound.test(detail.message))

const saysRateLimited = (details: readonly ErrorDetail[]): boolean =>
  details.some((detail) => rateLimited.test(detail.message))

function codeOf(status: number, details: readonly ErrorDetail[]): ActiveCampaignErrorCode {
  const given = details.find((detail) => detail.code !== undefined)?.code
  if (given !== undefined) return given
  if (saysNotFound(details)) return 'not-found'
  // Bulk import tells its own limits with status 400; nothing was queued.
  if (saysRateLimited(details)) return 'rate-limited'
  return codeOfStatus[status] ?? (status >= 500 ? 'server-error' : status < 300 ? 'failed' : 'bad-request')
}

const sentenceOf = (operation: string, status: number, details: readonly ErrorDetail[]): string => {
  const said = details.map((detail) => detail.message + (detail.pointer ? ` (at ${detail.pointer})` : ''))
  return `${operation}: ${said.join('; ') || 'no reason given'} (HTTP ${status})`
}

/** The error for an answer whose status says no. */
export function errorOfStatus(error: HttpStatusError): ActiveCampaignError {
  const details = readErrorBody(error.body)
  const code = codeOf(error.status, details)
  const { operation, status, requestId, method, url, attempts } = error
  return new ActiveCampaignError(
    sentenceOf(operation, status, details),
    {
      operation,
      status,
      code,
      details,
      retryable: error.retryable || code === 'rate-limited',
      ...(requestId !== undefined && { requestId }),
      ...(method !== undefined && { method }),
      ...(url !== undefined && { url }),
      ...(attempts !== undefined && { attempts }),
    },
    { cause: error },
  )
}

/** The error for an answer whose status says yes and whose body says no. */
export function errorOfBody(operation: string, response: HttpResponse, body: unknown): ActiveCampaignError {
  const details = readErrorBody(body)
  const { status, requestId, url } = response
  return new ActiveCampaignError(sentenceOf(operation, status, details), {
    operation,
    status,
    requestId,
    url,
    details,
    code: codeOf(status, details),
  })
}

/** The error for an answer that lacks what this client reads from it. */
export function malformed(
  operation: string,
  endpoint: string,
  problems: readonly AnswerProblem[],
): ActiveCampaignError {
  const [first] = problems
  const more = problems.length > 1 ? ` and ${problems.length - 1} more` : ''
  return new ActiveCampaignError(
    `${operation}: the answer of ${endpoint} has an unexpected ${first?.path || 'shape'}: ${first?.message}${more}`,
    { operation, code: 'malformed-response', problems },
  )
}

/** What a schema found wrong, as paths into the answer. */
export const problemsOf = (
  error: z.ZodError,
  prefix: readonly PropertyKey[] = [],
): readonly AnswerProblem[] =>
  error.issues.map((issue) => ({
    path: [...prefix, ...issue.path].map(String).join('.'),
    message: issue.message,
  }))
