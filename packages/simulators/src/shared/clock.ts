/** What a simulator asks about time: the same two functions as the HTTP layer's clock, so one clock serves both. */
export interface SimulatorClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after `ms` milliseconds of this clock; rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** While something is held, a clock that jumps may not jump. Returns the release. */
  hold?(): () => void
}

/** Where simulated time begins unless the caller says otherwise: a fixed instant, so that runs repeat. */
export const defaultStartMs = Date.UTC(2026, 0, 5, 8, 0, 0)

/** How a running clock runs. */
export interface RunningClockOptions {
  /** How many times faster than real time. Default 1. Limits count in this time too, so a client must share the clock. */
  readonly speed?: number
  /** The real instant (milliseconds since 1970) at which it showed `startMs`. Default: now. Two processes that agree on it share the clock. */
  readonly beganMs?: number
}

const realNowMs = (): number => performance.timeOrigin + performance.now()

/**
 * A clock that starts at `startMs` and runs at the speed of real time, or faster. The default of a simulator: the dates in
 * its rows repeat from run to run, and a client that waits for real gets a limit lifted.
 *
 * @example
 * ```ts
 * const simulator = createDynamicsSimulator({ clock: createRunningClock(Date.UTC(2026, 5, 1)) })
 * const fast = createRunningClock(Date.now(), { speed: 20 })
 * ```
 */
export function createRunningClock(
  startMs: number = defaultStartMs,
  { speed = 1, beganMs = realNowMs() }: RunningClockOptions = {},
): SimulatorClock {
  return {
    now: () => startMs + Math.floor((realNowMs() - beganMs) * speed),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason)
          return
        }
        const aborted = (): void => {
          clearTimeout(timer)
          reject(signal?.reason)
        }
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', aborted)
          resolve()
        }, ms / speed)
        signal?.addEventListener('abort', aborted, { once: true })
      }),
  }
}
