import type { ErrorAnswer, RetryPolicy } from '@dynacamp/http'
import { readErrorBody } from './error-body.ts'

// Answers that say what could not be found or made, with a status that otherwise means a missing permission.
const definite = /^(?:No Result found|Could not create)/

/**
 * Valid keys get a 403 now and then (https://github.com/singer-io/tap-activecampaign/pull/52), so the first one is tried
 * again. It is a refusal: nothing was done.
 */
const judge = ({ status, attempt, body }: ErrorAnswer) =>
  status === 403 && attempt === 1 && !readErrorBody(body).some((detail) => definite.test(detail.message))
    ? ('refused' as const)
    : undefined

/** What this service knows better than the common retry policy. */
export const retry: Partial<RetryPolicy> = { judge }
