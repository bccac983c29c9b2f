import { type Answer, requestIdOf } from './answer.ts'
import { type Call, tell } from './call-context.ts'
import type { Attempt } from './transport.ts'
import { unknownOutcome } from './unknown-outcome.ts'
import { untilAborted } from './until-aborted.ts'

const bodyOf = ({ body }: Call['request']) => {
  if (body === undefined) return undefined
  return 'text' in body ? body : { text: JSON.stringify(body.json), contentType: 'application/json' }
}

/** Gets a token, waits for a place, sends once, and tells about it. */
export const sendAttempt = async (call: Call, refresh: boolean, signal: AbortSignal): Promise<Attempt> => {
  const { options, request, clock } = call
  const body = bodyOf(request)
  // Before the limiter: a slow token request must not delay a request that was admitted for this moment.
  const authorization = await untilAborted(Promise.resolve(options.authorize?.({ refresh, signal })), signal)
  const headers = new Headers({
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': body.contentType }),
  })
  for (const [name, value] of Object.entries({ ...options.headers, ...request.headers, ...authorization })) {
    headers.set(name, value)
  }

  const queuedAtMs = clock.now()
  const release = await options.limiter?.acquire(signal)
  const sentAtMs = clock.now()
  call.attempt += 1
  if (sentAtMs > queuedAtMs)
    tell(call, { type: 'throttle', source: 'limiter', waitMs: sentAtMs - queuedAtMs })
  tell(call, { type: 'request' })

  const ended = (answer: Answer | undefined, error: string | undefined) => {
    release?.(answer)
    const requestId = answer === undefined ? undefined : requestIdOf(answer.headers)
    const durationMs = clock.now() - sentAtMs
    tell(call, { type: 'response', status: answer?.status, error, requestId, durationMs })
  }
  try {
    const { url, attempt } = call
    const result = await call.transport({ request, url, headers, body: body?.text, attempt, signal })
    if ('answer' in result) ended(result.answer, undefined)
    else ended(undefined, result.failure.error.code)
    return result
  } catch (reason) {
    ended(undefined, 'aborted')
    throw call.repeatable ? reason : unknownOutcome(call, reason)
  }
}
