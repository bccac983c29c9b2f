/** How an admitted request ended: a limiter may learn from it. Undefined: no answer came. */
export interface PermitOutcome {
  readonly status: number
  readonly headers: Headers
}

/** Gives the place back. Call it exactly once, when the request has ended. */
export type Release = (outcome?: PermitOutcome) => void

/**
 * Decides when a request may be sent. Share one among all clients that use the same account.
 *
 * @example
 * ```ts
 * const limiter: RateLimiter = createRateLimiter({ requests: 5, perMs: 1_000, clock: systemClock })
 * const release = await limiter.acquire()
 * release()
 * ```
 */
export interface RateLimiter {
  /** Waits, first come first served, until a request may be sent now; rejects with the signal's reason. */
  acquire(signal?: AbortSignal): Promise<Release>
  /** Admits nobody before this instant (milliseconds since 1970). An earlier instant shortens no pause. */
  pauseUntil(instantMs: number): void
}
