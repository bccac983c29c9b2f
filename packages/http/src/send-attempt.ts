import { requestIdOf } from './answer.ts'
import { type Call, tell } from './call-context.ts'
import type { Attempt } from './transport.ts'
import { unknownOutcome } from './unknown-outcome.ts'
import { untilAborted } from './until-aborted.ts'

const headersOf = (call: Call, authorization: Readonly<Record<string, string>> | undefined): Headers => {
  const { options, request, body } = call
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', body.contentType)
  for (const [name, value] of Object.entries({ ...options.headers, ...request.headers, ...authorization })) {
    try {
      headers.set(name, value)
    } catch {
      // The platform's own message quotes the value, which may be a token.
      throw new TypeError(`${request.operation}: the value of the header ${name} cannot be sent`)
    }
  }
  return headers
}

/** Gets a token, waits for a place, sends once, and tells about it. */
export const sendAttempt = async (call: Call, refresh: boolean, signal: AbortSignal): Promise<Attempt> => {
  const { options, request, clock } = call
  // Before the limiter: a slow token request must not delay a request that was admitted for this moment.
  const authorization = await untilAborted(Promise.resolve(options.authorize?.({ refresh, signal })), signal)
  const headers = headersOf(call, authorization)

  const queuedAtMs = clock.now()
  const release = await options.limiter?.acquire(signal)
  if (signal.aborted) release?.()
  signal.throwIfAborted()
  const sentAtMs = clock.now()
  call.attempt += 1
  if (sentAtMs > queuedAtMs)
    tell(call, { type: 'throttle', source: 'limiter', waitMs: sentAtMs - queuedAtMs })
  tell(call, { type: 'request' })

  const ended = (attempt: Attempt | undefined): void => {
    const answer = attempt && 'answer' in attempt ? attempt.answer : undefined
    const failure = attempt && 'failure' in attempt ? attempt.failure.error : undefined
    release?.(answer)
    tell(call, {
      type: 'response',
      status: answer?.status ?? failure?.status,
      error: attempt === undefined ? 'aborted' : failure?.code,
      requestId: answer === undefined ? failure?.requestId : requestIdOf(answer.headers),
      durationMs: clock.now() - sentAtMs,
    })
  }
  try {
    const { url, attempt: number, body } = call
    const attempt = await call.transport({ request, url, headers, body: body?.text, attempt: number, signal })
    ended(attempt)
    return attempt
  } catch (reason) {
    ended(undefined)
    throw call.repeatable ? reason : unknownOutcome(call, reason)
  }
}
