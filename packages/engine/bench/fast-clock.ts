import type { Clock } from '@dynacamp/http'

/** A clock that runs `factor` times as fast as the host's: for services in another process, which share no virtual time. */
export const fastClock = (factor: number): Clock & { hold(): () => void } => {
  const startMs = Date.now()
  return {
    now: () => startMs + Math.round((Date.now() - startMs) * factor),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          clearTimeout(timer)
          reject(signal?.reason)
        }
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', abort)
          resolve()
        }, ms / factor)
        if (signal?.aborted) abort()
        else signal?.addEventListener('abort', abort, { once: true })
      }),
    hold: () => () => undefined,
  }
}
