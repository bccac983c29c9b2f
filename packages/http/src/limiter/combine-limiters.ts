import type { RateLimiter, Release } from './rate-limiter.ts'

/**
 * One limiter that asks all of these in turn, and admits when the last one does. Put the one that counts
 * send times last: nothing waits after it.
 *
 * @example
 * ```ts
 * const clock = systemClock
 * const limiter = combineLimiters(
 *   createConcurrencyLimiter({ initial: 4, max: 52, clock }),
 *   createRateLimiter({ requests: 6_000, perMs: 300_000, clock }),
 * )
 * ```
 */
export const combineLimiters = (...limiters: readonly RateLimiter[]): RateLimiter => ({
  acquire: async (signal) => {
    const releases: Release[] = []
    const release: Release = (outcome) => {
      for (const each of releases) each(outcome)
    }
    try {
      for (const limiter of limiters) releases.push(await limiter.acquire(signal))
    } catch (error) {
      release()
      throw error
    }
    return release
  },
  pauseUntil: (instantMs) => {
    for (const limiter of limiters) limiter.pauseUntil(instantMs)
  },
})
