import type { Clock } from './clock.ts'
import type { HttpErrorDetails } from './errors/http-error.ts'
import type { HttpEvent } from './events.ts'
import type { HttpClientOptions, HttpRequest } from './http-client.ts'
import { redactUrl } from './redact.ts'
import type { RetryPolicy } from './retry-policy.ts'
import type { Transport } from './transport.ts'

/** What all calls of one client share. */
export interface ClientContext {
  readonly options: HttpClientOptions
  readonly base: URL
  readonly clock: Clock
  readonly random: () => number
  readonly policy: RetryPolicy
  readonly transport: Transport
}

/** Written out once, so that all attempts send the same bytes. */
export interface OutgoingBody {
  readonly text: string
  readonly contentType: string
}

/** One call and the state of its attempts. */
export interface Call extends ClientContext {
  readonly request: HttpRequest
  readonly body: OutgoingBody | undefined
  readonly repeatable: boolean
  readonly number: number
  /** Where the next attempt goes; a followed redirect changes it. */
  url: URL
  /** How often the request has been sent. */
  attempt: number
  /** How many of these count for the retry policy: not those before a redirect or a new token. */
  tries: number
  /** When the call's deadline passes, by the clock. */
  readonly untilMs: number
}

type Common = 'service' | 'operation' | 'method' | 'url' | 'call' | 'attempt' | 'atMs'
type Part<E> = E extends HttpEvent ? Omit<E, Common> : never

/** Tells the listener, if there is one, what happens to the call. */
export const tell = (call: Call, part: Part<HttpEvent>): void => {
  const { onEvent, service } = call.options
  if (onEvent === undefined) return
  const { operation, method } = call.request
  const url = redactUrl(call.url.href)
  const common = { service, operation, method, url, call: call.number, attempt: call.attempt }
  try {
    onEvent({ ...part, ...common, atMs: call.clock.now() })
  } catch {
    // Watching a call must not change it, and the listener's failure is not the caller's.
  }
}

/** What every error of the call says. */
export const detailsOf = (call: Call): HttpErrorDetails => ({
  operation: call.request.operation,
  method: call.request.method,
  url: call.url.href,
  attempts: call.attempt,
})
