import { type Call, detailsOf } from './call-context.ts'
import { isHttpError } from './errors/http-error.ts'
import { UnknownOutcomeError } from './errors/unknown-outcome-error.ts'

/** The error for a request that was sent, must not be repeated, and has no certain answer. */
export const unknownOutcome = (call: Call, cause: unknown): UnknownOutcomeError => {
  const known = isHttpError(cause) ? { status: cause.status, requestId: cause.requestId } : {}
  const message = `${call.request.operation}: sent, but nobody knows whether it took effect; look at the server before you send it again`
  return new UnknownOutcomeError(message, { ...detailsOf(call), ...known }, { cause })
}
