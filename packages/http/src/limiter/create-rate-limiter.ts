import type { Clock } from '../clock.ts'
import type { RateLimiter, Release } from './rate-limiter.ts'
import { createTurns } from './turns.ts'

/** `requests` per `perMs` milliseconds is the vendor's limit; `share` (0..1] is how much of it is ours. */
export interface RateLimiterOptions {
  readonly requests: number
  readonly perMs: number
  readonly share?: number
  /**
   * A wider limit that the same requests are under. It is asked when there is a place here, and a request counts here from when it
   * has both: one that was counted while it still waited there would be sent later than this limiter believes.
   */
  readonly within?: RateLimiter
  readonly clock: Clock
}

/**
 * A sliding window: at most `floor(requests * share)` requests are sent in any window of `perMs`, both ends
 * included. First come, first served; one pause holds everybody.
 *
 * @example
 * ```ts
 * // ActiveCampaign: 5 requests a second per account; leave two fifths to other programs.
 * const limiter = createRateLimiter({ requests: 5, perMs: 1_000, share: 0.6, clock: systemClock })
 * ```
 * @throws RangeError when a number is out of range, or the share leaves not even one request.
 */
export const createRateLimiter = (options: RateLimiterOptions): RateLimiter => {
  const { requests, perMs, share = 1, within, clock } = options
  const limit = Math.floor(requests * share)
  if (!(limit >= 1 && perMs > 0 && share <= 1)) {
    throw new RangeError('A rate limiter needs requests * share >= 1, share <= 1 and perMs > 0')
  }
  const takeTurn = createTurns()
  // A ring of the last `limit` send times; `sentAtMs[next]` is the oldest.
  const sentAtMs = Array.from({ length: limit }, () => Number.NEGATIVE_INFINITY)
  let next = 0
  let lastSeenMs = Number.NEGATIVE_INFINITY
  let pausedUntilMs = Number.NEGATIVE_INFINITY

  const forgetTheFuture = (nowMs: number) => {
    for (const [index, sent] of sentAtMs.entries()) sentAtMs[index] = Math.min(sent, nowMs)
  }

  const admit = async (signal: AbortSignal | undefined): Promise<Release> => {
    for (;;) {
      const nowMs = clock.now()
      // A host's clock may be set back. What was sent was sent by now at the latest.
      if (nowMs < lastSeenMs) forgetTheFuture(nowMs)
      lastSeenMs = nowMs
      // One more than perMs: the clock counts whole milliseconds, and some servers count both ends.
      const freeAtMs = (sentAtMs[next] ?? Number.NEGATIVE_INFINITY) + perMs + 1
      const waitMs = Math.max(freeAtMs, pausedUntilMs) - nowMs
      if (waitMs <= 0) {
        const release = await within?.acquire(signal)
        sentAtMs[next] = clock.now()
        next = (next + 1) % limit
        return (outcome) => release?.(outcome)
      }
      await clock.sleep(waitMs, signal)
    }
  }

  return {
    acquire: (signal) => takeTurn(() => admit(signal), signal),
    pauseUntil: (instantMs) => {
      pausedUntilMs = Math.max(pausedUntilMs, instantMs)
      within?.pauseUntil(instantMs)
    },
  }
}
