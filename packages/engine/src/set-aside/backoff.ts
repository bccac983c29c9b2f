import { hoursToMilliseconds } from 'date-fns/hoursToMilliseconds'
import { minutesToMilliseconds } from 'date-fns/minutesToMilliseconds'

const firstMs = minutesToMilliseconds(1)
/** No wait is longer. */
export const longestMs = hoursToMilliseconds(24)

/**
 * How long something that failed is left alone: a minute after the first attempt, twice as long after each further one, a
 * day at most. Without jitter: what failed together may be tried together, the clients keep the services' pace.
 */
export const backoffMs = (attempts: number): number =>
  Math.min(firstMs * 2 ** Math.min(Math.max(attempts - 1, 0), 30), longestMs)
