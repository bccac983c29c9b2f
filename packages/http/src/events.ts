interface Common {
  readonly service: string
  readonly operation: string
  readonly method: string
  /** Redacted. */
  readonly url: string
  /** Number of the call within its client; the same for all attempts of one call. */
  readonly call: number
  /** 1 for the first time a call is sent. */
  readonly attempt: number
  /** By the client's clock, milliseconds since 1970. */
  readonly atMs: number
}

/** An attempt is sent. Exactly one `response` event follows. */
export interface RequestEvent extends Common {
  readonly type: 'request'
}

/** An attempt ended: with an answer (`status`) or without one (`error` is the error's code). */
export interface ResponseEvent extends Common {
  readonly type: 'response'
  readonly status: number | undefined
  readonly error: string | undefined
  readonly requestId: string | undefined
  readonly durationMs: number
}

/** The call will be sent again after `delayMs`. */
export interface RetryEvent extends Common {
  readonly type: 'retry'
  /** `unauthorized`, `status-503`, `network`, `timeout`. */
  readonly reason: string
  readonly delayMs: number
}

/** The call waited for the limiter, or the server asked for a pause. */
export interface ThrottleEvent extends Common {
  readonly type: 'throttle'
  readonly source: 'limiter' | 'server'
  readonly waitMs: number
}

/** What a client tells its `onEvent` listener. No headers, no bodies, no secrets. */
export type HttpEvent = RequestEvent | ResponseEvent | RetryEvent | ThrottleEvent
