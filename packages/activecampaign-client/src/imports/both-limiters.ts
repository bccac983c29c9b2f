import type { RateLimiter } from '@dynacamp/http'

/** Admits what both admit. The narrower one comes first, so that nobody holds a place of the wider one while waiting. */
export const bothLimiters = (narrow: RateLimiter, wide: RateLimiter): RateLimiter => ({
  acquire: async (signal) => {
    const releaseNarrow = await narrow.acquire(signal)
    try {
      const releaseWide = await wide.acquire(signal)
      return (outcome) => {
        releaseWide(outcome)
        releaseNarrow(outcome)
      }
    } catch (error) {
      releaseNarrow()
      throw error
    }
  },
  pauseUntil: (instantMs) => {
    narrow.pauseUntil(instantMs)
    wide.pauseUntil(instantMs)
  },
})
