/**
 * What an error status says about the request:
 * - `refused`: the server did not act on it, so it may be sent again whatever it is;
 * - `unsure`: the server, or a gateway before it, failed, and may have acted or not;
 * - `final`: the answer is an answer, and would be the same again.
 */
export type Verdict = 'refused' | 'unsure' | 'final'

/** An answer with an error status, as a policy sees it. */
export interface ErrorAnswer {
  readonly operation: string
  readonly method: string
  /** 1 for the first answer; not counting those before a redirect or a new token. */
  readonly attempt: number
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, text, or undefined. */
  readonly body: unknown
}

/** When a call is sent again, and after how long. */
export interface RetryPolicy {
  /** How often a call is sent at most. 1 switches retries off. */
  readonly maxAttempts: number
  /** The first pause is drawn from half of this to this; it doubles with each attempt. Milliseconds. */
  readonly baseDelayMs: number
  /** No drawn pause is longer. Milliseconds. */
  readonly maxDelayMs: number
  /** When the server asks for a longer pause than this, the call fails at once. Milliseconds. */
  readonly maxRetryAfterMs: number
  /** What a service knows better about a status; undefined leaves it to the common rules. */
  readonly judge?: (answer: ErrorAnswer) => Verdict | undefined
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 5,
  baseDelayMs: 500,
  maxDelayMs: 30_000,
  maxRetryAfterMs: 300_000,
}

const whole = /^\d+$/
const httpDate = /^[A-Z][a-z]{2,8}, /

/**
 * `Retry-After` in milliseconds, from seconds or an HTTP date (RFC 9110, 10.2.3). A date is measured against
 * the answer's own `Date`, since the server's clock and ours may differ. Zero, the past and nonsense are
 * undefined: they ask for a repeat without saying when, which is what the backoff is for.
 *
 * @example
 * ```ts
 * retryAfterMs(new Headers({ 'retry-after': '37' }), systemClock.now()) // 37_000
 * ```
 */
export const retryAfterMs = (headers: Headers, nowMs: number): number | undefined => {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (whole.test(value)) return positive(Number(value) * 1_000)
  if (!httpDate.test(value)) return undefined
  const serverNowMs = Date.parse(headers.get('date') ?? '')
  return positive(Date.parse(value) - (Number.isNaN(serverNowMs) ? nowMs : serverNowMs))
}

const positive = (ms: number): number | undefined => (ms > 0 && Number.isFinite(ms) ? ms : undefined)

// Not implemented, version not supported, sign in to the network first: the same the next time.
const finalServerErrors: ReadonlySet<number> = new Set([501, 505, 511])

/**
 * 429 is refused: limits are checked before the work starts. So are a 503 that names a time to come back, and a
 * 408, by which a server says that the request never arrived whole. Every other 5xx, Cloudflare's 52x before
 * ActiveCampaign included, may come from a gateway that lost the answer of a server that did the work.
 */
export const judge = (policy: RetryPolicy, answer: ErrorAnswer): Verdict => {
  const own = policy.judge?.(answer)
  if (own !== undefined) return own
  const { status, headers } = answer
  if (status === 429 || status === 408 || (status === 503 && headers.has('retry-after'))) return 'refused'
  return status >= 500 && !finalServerErrors.has(status) ? 'unsure' : 'final'
}

/** Capped exponential backoff with equal jitter: never less than half, so that a herd spreads and waits. */
const backoffMs = (policy: RetryPolicy, tries: number, random: () => number): number => {
  const fullMs = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (tries - 1))
  return Math.round(fullMs / 2 + (fullMs / 2) * random())
}

/** What went wrong with an attempt, as far as the policy cares. */
interface RetryState {
  readonly verdict: Verdict
  /** How often the request was sent, so far. */
  readonly tries: number
  readonly repeatable: boolean
  readonly retryAfterMs: number | undefined
  /** Milliseconds left until the call's deadline. */
  readonly leftMs: number
}

/** Send again after a pause, give up with the error, or report that nobody knows what happened. */
export type Decision =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'fail' }
  | { readonly kind: 'unknown-outcome' }

/** The rule for every attempt that did not succeed. */
export const decide = (policy: RetryPolicy, state: RetryState, random: () => number): Decision => {
  const { verdict, tries, repeatable, leftMs } = state
  if (verdict === 'unsure' && !repeatable) return { kind: 'unknown-outcome' }
  if (verdict === 'final' || tries >= policy.maxAttempts) return { kind: 'fail' }
  // Retry-After is authoritative: an earlier attempt would be refused, and may prolong the pause.
  if ((state.retryAfterMs ?? 0) > policy.maxRetryAfterMs) return { kind: 'fail' }
  const delayMs = state.retryAfterMs ?? backoffMs(policy, tries, random)
  return delayMs < leftMs ? { kind: 'retry', delayMs } : { kind: 'fail' }
}
