import type { SimulatorClock } from '../../shared/clock.ts'

/**
 * The account-wide limit, shared by every key: `requests` in any stretch of `perMs` milliseconds.
 *
 * @see https://developers.activecampaign.com/reference/rate-limits
 * @example
 * ```ts
 * createActiveCampaignSimulator({ rateLimit: { requests: 10, headers: true } })
 * ```
 */
export interface RateLimitOptions {
  readonly requests: number
  readonly perMs: number
  /** Send the `RateLimit-Limit` and `RateLimit-Remaining` headers, which are documented but in no recorded answer. */
  readonly headers: boolean
}

export const documentedRateLimit: RateLimitOptions = { requests: 5, perMs: 1000, headers: false }

export interface Admission {
  readonly admitted: boolean
  readonly headers: Readonly<Record<string, string>>
}

/** Admits no more than `requests` in any stretch of `perMs`. What is refused does not count. */
export function createRateLimit(
  clock: SimulatorClock,
  { requests, perMs, headers }: RateLimitOptions,
): () => Admission {
  let admittedAt: readonly number[] = []
  const shown = (remaining: number): Readonly<Record<string, string>> =>
    headers ? { 'ratelimit-limit': String(requests), 'ratelimit-remaining': String(remaining) } : {}
  return () => {
    const now = clock.now()
    admittedAt = admittedAt.filter((at) => at > now - perMs)
    const oldest = admittedAt[0]
    if (oldest !== undefined && admittedAt.length >= requests) {
      const waitSeconds = Math.max(1, Math.ceil((oldest + perMs - now) / 1000))
      return { admitted: false, headers: { ...shown(0), 'retry-after': String(waitSeconds) } }
    }
    admittedAt = [...admittedAt, now]
    return { admitted: true, headers: shown(requests - admittedAt.length) }
  }
}
