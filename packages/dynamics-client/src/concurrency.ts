import type { PermitOutcome, RateLimiter } from '@dynacamp/http'

/** Where a client begins before the service has said anything. */
const initialWidth = 4
/** At 52 the service itself refuses: https://learn.microsoft.com/power-apps/developer/data-platform/api-limits */
const hardCeiling = 51

/**
 * How wide to go: the service recommends a ceiling in `x-ms-dop-hint`, a 429 halves the width, and each full round of
 * answers without one widens it by one.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/send-parallel-requests
 */
const createWidth = () => {
  let ceiling = initialWidth
  let width = initialWidth
  let wasRefused = false
  let calmAnswers = 0
  /** Answers still to come from requests that were under way at the last refusal: together they are one lesson. */
  let sameLesson = 0

  return {
    current: () => width,
    learn: ({ status, headers }: PermitOutcome, underWay: number): void => {
      const hint = Number(headers.get('x-ms-dop-hint'))
      if (Number.isInteger(hint) && hint > 0) {
        ceiling = Math.min(hint, hardCeiling)
        width = wasRefused ? Math.min(width, ceiling) : ceiling
      }
      const isOldNews = sameLesson > 0
      sameLesson = Math.max(0, sameLesson - 1)
      if (status === 429) {
        if (isOldNews) return
        wasRefused = true
        width = Math.max(1, Math.floor(width / 2))
        sameLesson = underWay
        calmAnswers = 0
        return
      }
      calmAnswers += 1
      if (calmAnswers >= width && width < ceiling) {
        width += 1
        calmAnswers = 0
      }
    },
  }
}

/** Places for `width` requests at a time, first come, first served. */
const createPlaces = (width: () => number) => {
  let taken = 0
  const queue: (() => void)[] = []

  const admit = (): void => {
    while (taken < width()) {
      const next = queue.shift()
      if (next === undefined) return
      taken += 1
      next()
    }
  }

  return {
    taken: () => taken,
    take: (signal: AbortSignal | undefined): Promise<void> =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const leave = (): void => {
          queue.splice(queue.indexOf(enter), 1)
          reject(signal?.reason)
        }
        const enter = (): void => {
          signal?.removeEventListener('abort', leave)
          resolve()
        }
        signal?.addEventListener('abort', leave, { once: true })
        queue.push(enter)
        admit()
      }),
    giveBack: (): void => {
      taken -= 1
    },
    admit,
  }
}

/** A limiter that also bounds how many requests are under way at once, and adapts that bound to what comes back. */
export const adaptConcurrency = (limiter: RateLimiter): RateLimiter => {
  const width = createWidth()
  const places = createPlaces(width.current)

  return {
    acquire: async (signal) => {
      await places.take(signal)
      try {
        const release = await limiter.acquire(signal)
        return (outcome) => {
          release(outcome)
          places.giveBack()
          if (outcome !== undefined) width.learn(outcome, places.taken())
          places.admit()
        }
      } catch (error) {
        places.giveBack()
        places.admit()
        throw error
      }
    },
    pauseUntil: (instantMs) => limiter.pauseUntil(instantMs),
  }
}
