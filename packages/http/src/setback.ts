import { type Answer, errorBody, requestIdOf } from './answer.ts'
import { type Call, detailsOf } from './call-context.ts'
import type { HttpError } from './errors/http-error.ts'
import { HttpStatusError } from './errors/http-status-error.ts'
import { ResponseTooLargeError } from './errors/response-too-large-error.ts'
import { redactUrl } from './redact.ts'
import { judge, retryAfterMs, type Verdict } from './retry-policy.ts'
import type { Failure } from './transport.ts'

/** An attempt that did not succeed: the error it would be, and what the retry rules need to know. */
export interface Setback {
  readonly error: HttpError
  readonly verdict: Verdict
  readonly retryAfterMs: number | undefined
  /** For the retry event: `status-503`, `network`, `timeout`. */
  readonly reason: string
}

const ofAnswer = (call: Call, answer: Answer): Setback => {
  const { operation, method } = call.request
  const { status, headers } = answer
  const body = errorBody(answer)
  const verdict = judge(call.policy, { operation, method, attempt: call.tries, status, headers, body })
  const afterMs = retryAfterMs(headers, call.clock.now())
  const error = new HttpStatusError(
    `${operation}: ${method} ${redactUrl(call.url.href)} answered ${status}`,
    {
      ...detailsOf(call),
      status,
      body,
      retryAfterMs: afterMs,
      requestId: requestIdOf(headers),
      retryable: verdict === 'refused' || (verdict === 'unsure' && call.repeatable),
    },
  )
  return { error, verdict, retryAfterMs: afterMs, reason: `status-${status}` }
}

const ofFailure = ({ error, neverSent }: Failure): Setback => {
  const verdict = error instanceof ResponseTooLargeError ? 'final' : neverSent ? 'refused' : 'unsure'
  return { error, verdict, retryAfterMs: undefined, reason: error.code }
}

/** What an unsuccessful attempt means. */
export const setbackOf = (call: Call, attempt: { answer: Answer } | { failure: Failure }): Setback =>
  'answer' in attempt ? ofAnswer(call, attempt.answer) : ofFailure(attempt.failure)
