import type { Clock } from './clock.ts'
import type { HttpEvent } from './events.ts'
import type { RateLimiter } from './limiter/rate-limiter.ts'
import type { RetryPolicy } from './retry-policy.ts'

/** The platform's `fetch`, or a stand-in that serves in process. It must not follow redirects by itself. */
export type Fetch = (request: Request) => Promise<Response>

/** Values of the query string. An array repeats the key; undefined leaves it out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** One call, sent as often as the retry policy allows. */
export interface HttpRequest {
  /** For events and errors: `contacts.list`. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /**
   * Resolved like a link on a page at `baseUrl` with a slash at its end: `contacts` lies below it, `/admin`
   * at the root of the origin. An absolute URL (next link, delta link) must be of the same origin.
   */
  readonly url: string
  /** Added to what the URL already has; values are percent-encoded here, and only here. */
  readonly query?: Query | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?:
    | { readonly json: unknown }
    | { readonly text: string; readonly contentType: string }
    | undefined
  /** Is sending twice the same as sending once? Default: true for GET, PUT, DELETE; false for POST, PATCH. */
  readonly repeatable?: boolean | undefined
  /** Statuses besides 2xx that are answers and not errors, such as 304, 404 or 412. */
  readonly expect?: readonly number[] | undefined
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for the whole call: waiting for the limiter, all attempts, all pauses. Default: no limit. */
  readonly deadlineMs?: number | undefined
}

/** An answer whose body has been read. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Headers
  /** Without byte order mark. */
  readonly text: string
  /** The body as JSON; undefined when it is empty. @throws MalformedResponseError */
  json(): unknown
  readonly requestId: string | undefined
  /** Where the answer came from, not redacted. */
  readonly url: string
}

/** What both service clients stand on. */
export interface HttpClient {
  /**
   * Sends a request as often as the retry policy allows, and reads its answer.
   *
   * @example
   * ```ts
   * const client = createHttpClient({ service: 'example', baseUrl: 'https://api.example.com' })
   * const answer = await client.request({ operation: 'things.list', method: 'GET', url: 'things' })
   * console.log(answer.status, answer.json())
   * ```
   *
   * @throws HttpStatusError, NetworkError, TimeoutError, UnknownOutcomeError, ForeignOriginError,
   * ResponseTooLargeError, or the signal's reason when the caller aborted.
   */
  request(request: HttpRequest): Promise<HttpResponse>
}

/** Gives the headers that prove who calls. `refresh`: the server did not accept the last ones. */
export type Authorize = (context: {
  readonly refresh: boolean
  readonly signal?: AbortSignal
}) => Promise<Readonly<Record<string, string>>>

/** Settings of a client. Times in milliseconds. */
export interface HttpClientOptions {
  /** For events: `dynamics`, `activecampaign`. */
  readonly service: string
  /** https, or http on loopback; the only origin that ever gets a token. */
  readonly baseUrl: string
  /** Default: the platform's. */
  readonly fetch?: Fetch | undefined
  /** Default: the host's. */
  readonly clock?: Clock | undefined
  /** Draws from [0, 1) for the jitter. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Headers for each attempt; asked once more with `refresh: true` when the server answers 401. */
  readonly authorize?: Authorize | undefined
  readonly limiter?: RateLimiter | undefined
  readonly retry?: Partial<RetryPolicy> | undefined
  /** Called synchronously. What it throws is dropped: watching a call must not change it. */
  readonly onEvent?: ((event: HttpEvent) => void) | undefined
  /** Default: 64 MiB, counted after decompression. */
  readonly maxResponseBytes?: number | undefined
  /** For one attempt, its body included. Default: 60 seconds. */
  readonly timeoutMs?: number | undefined
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Send to `http:` hosts other than loopback, in the clear. Default: false. */
  readonly allowInsecureHttp?: boolean | undefined
}
