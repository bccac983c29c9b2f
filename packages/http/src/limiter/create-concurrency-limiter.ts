import type { Clock } from '../clock.ts'
import { untilAborted } from '../until-aborted.ts'
import type { PermitOutcome, RateLimiter, Release } from './rate-limiter.ts'
import { createTurns } from './turns.ts'

/** How many requests may be under way at the same time, and what changes that. */
export interface ConcurrencyLimiterOptions {
  /** To begin with. */
  readonly initial: number
  /** Never more, whatever the server recommends. */
  readonly max: number
  /** A response header with the server's recommended number, such as Dataverse's `x-ms-dop-hint`. */
  readonly hintHeader?: string
  readonly clock: Clock
}

/** A limiter that counts requests under way. */
export interface ConcurrencyLimiter extends RateLimiter {
  /** How many may be under way now. */
  readonly limit: number
}

/**
 * Halves its limit on a 429, once for all requests that were under way together, and adds one after each full
 * round of answers without a 429, up to the server's hint or `max`: the rule by which TCP shares a line. A hint
 * is followed at once, but once there was a 429 only downwards: that server refused what it had recommended.
 *
 * Dataverse's hint: https://learn.microsoft.com/power-apps/developer/data-platform/send-parallel-requests
 *
 * @example
 * ```ts
 * const limiter = createConcurrencyLimiter({
 *   initial: 4,
 *   max: 52,
 *   hintHeader: 'x-ms-dop-hint',
 *   clock: systemClock,
 * })
 * ```
 * @throws RangeError unless 1 <= initial <= max.
 */
export const createConcurrencyLimiter = (options: ConcurrencyLimiterOptions): ConcurrencyLimiter => {
  const { initial, max, hintHeader, clock } = options
  if (!(initial >= 1 && initial <= max)) {
    throw new RangeError('A concurrency limiter needs 1 <= initial <= max')
  }
  const takeTurn = createTurns()
  let limit = Math.floor(initial)
  let ceiling = Math.floor(max)
  let active = 0
  /** Counts the 429s that were heeded: a request admitted before the last one says nothing new. */
  let shrinks = 0
  let answersSinceChange = 0
  let pausedUntilMs = Number.NEGATIVE_INFINITY
  let placeFreed: () => void = () => undefined

  const learn = (outcome: PermitOutcome, shrinksWhenAdmitted: number) => {
    const hint = Number(hintHeader === undefined ? undefined : outcome.headers.get(hintHeader) || undefined)
    if (hint >= 1) {
      ceiling = Math.min(Math.floor(hint), Math.floor(max))
      limit = shrinks === 0 ? ceiling : Math.min(limit, ceiling)
    }
    if (outcome.status === 429) {
      if (shrinksWhenAdmitted !== shrinks) return
      shrinks += 1
      limit = Math.max(1, Math.floor(limit / 2))
      answersSinceChange = 0
      return
    }
    answersSinceChange += 1
    if (answersSinceChange < limit || limit >= ceiling) return
    limit += 1
    answersSinceChange = 0
  }

  const permit = (): Release => {
    const shrinksWhenAdmitted = shrinks
    let released = false
    active += 1
    return (outcome) => {
      if (released) return
      released = true
      active -= 1
      if (outcome !== undefined) learn(outcome, shrinksWhenAdmitted)
      placeFreed()
    }
  }

  const admit = async (signal: AbortSignal | undefined): Promise<Release> => {
    for (;;) {
      const pauseMs = pausedUntilMs - clock.now()
      if (pauseMs > 0) {
        await clock.sleep(pauseMs, signal)
      } else if (active >= limit) {
        const freed = new Promise<void>((resolve) => {
          placeFreed = resolve
        })
        await untilAborted(freed, signal)
      } else {
        return permit()
      }
    }
  }

  return {
    acquire: (signal) => takeTurn(() => admit(signal), signal),
    pauseUntil: (instantMs) => {
      pausedUntilMs = Math.max(pausedUntilMs, instantMs)
    },
    get limit() {
      return limit
    },
  }
}
