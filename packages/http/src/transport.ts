import ky from 'ky'
import { type Answer, requestIdOf } from './answer.ts'
import type { Clock } from './clock.ts'
import type { HttpErrorDetails } from './errors/http-error.ts'
import { NetworkError } from './errors/network-error.ts'
import { ResponseTooLargeError } from './errors/response-too-large-error.ts'
import { TimeoutError } from './errors/timeout-error.ts'
import type { Fetch, HttpRequest } from './http-client.ts'
import { neverSent, rootCause } from './network-cause.ts'
import { readBody } from './read-body.ts'
import { withTimeLimit } from './time-limit.ts'
import { untilAborted } from './until-aborted.ts'

/** One attempt, ready to be sent. */
interface Outgoing {
  readonly request: HttpRequest
  readonly url: URL
  readonly headers: Headers
  readonly body: string | undefined
  readonly attempt: number
  readonly signal: AbortSignal
}

/** An attempt without an answer. */
export interface Failure {
  readonly error: NetworkError | TimeoutError | ResponseTooLargeError
  /** Certainly did not reach the server. */
  readonly neverSent: boolean
}

export type Attempt = { readonly answer: Answer } | { readonly failure: Failure }

interface TransportOptions {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly timeoutMs: number
  readonly maxResponseBytes: number
}

/** Sends once and reads the body. @throws the signal's reason when the call, not the attempt, was ended. */
export type Transport = (outgoing: Outgoing) => Promise<Attempt>

const detailsOf = ({ request, url, attempt }: Outgoing): HttpErrorDetails => ({
  operation: request.operation,
  method: request.method,
  url: url.href,
  attempts: attempt,
})

/** Sends through ky with everything off that the layers above own. */
export const createTransport = (options: TransportOptions): Transport => {
  const { clock, timeoutMs, maxResponseBytes } = options
  const client = ky.create({
    fetch: (input) => options.fetch(input instanceof Request ? input : new Request(input)),
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    redirect: 'manual',
  })

  const exchange = async (outgoing: Outgoing, signal: AbortSignal): Promise<Attempt> => {
    const { request, url, headers, body } = outgoing
    const response = await client(url, {
      method: request.method,
      headers,
      signal,
      ...(body === undefined ? {} : { body }),
    })
    const { status } = response
    const bytes = await readBody(response, maxResponseBytes, signal)
    if (bytes !== 'too-large') {
      return { answer: { status, headers: response.headers, bytes, url: response.url || url.href } }
    }
    const message = `${request.operation}: the answer is longer than ${maxResponseBytes} bytes`
    const details = { ...detailsOf(outgoing), status, requestId: requestIdOf(response.headers) }
    return { failure: { error: new ResponseTooLargeError(message, details), neverSent: false } }
  }

  return async (outgoing) => {
    const { signal: callSignal, request } = outgoing
    let tooSlow: TimeoutError | undefined
    const reason = () => {
      const message = `${request.operation}: no complete answer within ${timeoutMs} ms`
      tooSlow = new TimeoutError(message, { ...detailsOf(outgoing), retryable: true })
      return tooSlow
    }
    try {
      return await withTimeLimit({ clock, ms: timeoutMs, signal: callSignal, reason }, (signal) =>
        untilAborted(exchange(outgoing, signal), signal),
      )
    } catch (error) {
      callSignal.throwIfAborted()
      if (tooSlow !== undefined) return { failure: { error: tooSlow, neverSent: false } }
      const cause = rootCause(error)
      const message = `${request.operation}: no complete answer came: ${cause.message}`
      const failure = new NetworkError(message, { ...detailsOf(outgoing), retryable: true }, { cause })
      return { failure: { error: failure, neverSent: neverSent(cause) } }
    }
  }
}
