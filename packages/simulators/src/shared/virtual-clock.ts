import { defaultStartMs, type SimulatorClock } from './clock.ts'

/** A clock on which waiting costs nothing. */
export interface VirtualClock extends SimulatorClock {
  hold(): () => void
  /** Moves time on by `ms`, waking sleepers on the way in the order of their instants. */
  advance(ms: number): Promise<void>
}

interface Sleeper {
  readonly wakeAtMs: number
  wake(): void
}

/** Turns of the event loop without a new sleep, wake-up or request after which everybody counts as asleep. */
const quietTurns = 12

/**
 * A clock that stands still while anybody works and, once all are asleep, jumps to the instant of the next sleeper.
 *
 * "All are asleep" cannot be observed directly, so it is inferred: no simulator is answering a request (`hold`), and
 * a dozen turns of the event loop have passed without a call on this clock. Work that leaves the process (sockets,
 * files) is invisible to that rule: give `quietMs`, the real milliseconds of silence to wait for, when a client
 * reaches the simulator through `listen`.
 *
 * @param startMs milliseconds since 1970 at which time begins
 * @example
 * ```ts
 * const clock = createVirtualClock(Date.UTC(2026, 0, 5))
 * await clock.sleep(86_400_000) // returns at once, a day later
 * ```
 */
export function createVirtualClock(
  startMs: number = defaultStartMs,
  options: { readonly quietMs?: number } = {},
): VirtualClock {
  const sleepers: Sleeper[] = []
  let nowMs = startMs
  let holds = 0
  let activity = 0
  let watching = false

  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      const pauseMs = holds > 0 ? 1 : options.quietMs === undefined ? 0 : options.quietMs / quietTurns
      if (pauseMs > 0) setTimeout(resolve, pauseMs)
      else setImmediate(resolve)
    })

  const quiet = async (): Promise<void> => {
    let seen = activity
    let turns = 0
    while (turns < quietTurns) {
      await turn()
      turns = holds > 0 || activity !== seen ? 0 : turns + 1
      seen = activity
    }
  }

  const jump = (toMs: number): void => {
    nowMs = Math.max(nowMs, toMs)
    while (sleepers[0] !== undefined && sleepers[0].wakeAtMs <= nowMs) sleepers.shift()?.wake()
  }

  const watch = async (): Promise<void> => {
    watching = true
    while (sleepers.length > 0) {
      await quiet()
      const next = sleepers[0]
      if (next !== undefined) jump(next.wakeAtMs)
    }
    watching = false
  }

  return {
    now: () => nowMs,
    hold() {
      holds += 1
      activity += 1
      return () => {
        holds -= 1
        activity += 1
      }
    },
    sleep(ms, signal) {
      activity += 1
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason)
          return
        }
        const aborted = (): void => {
          activity += 1
          sleepers.splice(sleepers.indexOf(sleeper), 1)
          reject(signal?.reason)
        }
        const sleeper: Sleeper = {
          wakeAtMs: nowMs + Math.max(0, ms),
          wake() {
            activity += 1
            signal?.removeEventListener('abort', aborted)
            resolve()
          },
        }
        signal?.addEventListener('abort', aborted, { once: true })
        const later = sleepers.findIndex((other) => other.wakeAtMs > sleeper.wakeAtMs)
        sleepers.splice(later < 0 ? sleepers.length : later, 0, sleeper)
        if (!watching) void watch()
      })
    },
    async advance(ms) {
      const untilMs = nowMs + ms
      for (let next = sleepers[0]; next !== undefined && next.wakeAtMs <= untilMs; next = sleepers[0]) {
        jump(next.wakeAtMs)
        for (let turns = 0; turns < quietTurns; turns += 1) await turn()
      }
      jump(untilMs)
    },
  }
}
