import type { Clock, Fetch, HttpEvent } from '@dynacamp/http'
import type { Credentials } from './credentials.ts'

/** Settings of a client. Only the first two are needed. */
export interface DynamicsClientOptions {
  /** `https://contoso.crm4.dynamics.com`: the only origin that ever gets a token. */
  readonly environmentUrl: string
  readonly credentials: Credentials
  /** Default `'9.2'`. */
  readonly apiVersion?: string
  /** How much of the service's 6000 requests in 300 seconds this client takes, 0 to 1; the rest is for others. Default 1. */
  readonly share?: number
  /** Default: the platform's. */
  readonly fetch?: Fetch
  /** Default: the host's clock and timers. */
  readonly clock?: Clock
  /** Draws from [0, 1) for the jitter between repeats. */
  readonly random?: () => number
  /** Hears of each request, response, repeat and wait; without secrets. */
  readonly onEvent?: (event: HttpEvent) => void
  /** Milliseconds for one attempt. Default: four minutes, as Microsoft's own client has. */
  readonly timeoutMs?: number
  /** A longer answer is refused. Default: 64 MiB. */
  readonly maxResponseBytes?: number
  /** How often a request is sent at most, when the service is throttled or unwell. Default 5. */
  readonly maxAttempts?: number
}
