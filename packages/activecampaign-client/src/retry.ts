import type { ErrorAnswer, RetryPolicy } from '@dynacamp/http'
import { readErrorBody } from './error-body.ts'

// Answers that say what could not be found or made, with a status that otherwise means a missing permission.
const definite = /^(?:No Result found|Could not create)/

export const rateLimited = /^Rate limit exceeded/

/**
 * Valid keys get a 403 now and then (https://github.com/singer-io/tap-activecampaign/pull/52), so the first one is tried
 * again. It is a refusal: nothing was done. Nor is anything queued when bulk import tells its limits with status 400.
 */
const judge = ({ status, attempt, body }: ErrorAnswer) => {
  const says = (pattern: RegExp) => readErrorBody(body).some((detail) => pattern.test(detail.message))
  if (status === 403 && attempt === 1 && !says(definite)) return 'refused' as const
  if (status === 400 && says(rateLimited)) return 'refused' as const
  return undefined
}

/** What this service knows better than the common retry policy. */
export const retry: Partial<RetryPolicy> = { judge }

/** The same for bulk import, whose limits count minutes. */
export const bulkRetry: Partial<RetryPolicy> = { judge, baseDelayMs: 15_000, maxDelayMs: 60_000 }
