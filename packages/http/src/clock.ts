/**
 * Time as this library sees it: the only way it reads the clock or waits.
 *
 * @example
 * ```ts
 * const clock: Clock = systemClock
 * await clock.sleep(1_000, AbortSignal.timeout(500)).catch(() => 'aborted')
 * ```
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

// A longer delay overflows Node's 32-bit timer, which then fires at once.
const longestTimerMs = 2 ** 31 - 1

const timer = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(id)
      reject(signal?.reason)
    }
    const id = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', abort, { once: true })
  })

/**
 * The host's own clock and timers.
 *
 * @example
 * ```ts
 * await systemClock.sleep(1_000)
 * ```
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    let leftMs = ms
    do {
      signal?.throwIfAborted()
      const stepMs = Math.min(leftMs, longestTimerMs)
      await timer(stepMs, signal)
      leftMs -= stepMs
    } while (leftMs > 0)
  },
}
