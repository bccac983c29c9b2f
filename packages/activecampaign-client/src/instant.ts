import { ActiveCampaignError } from './error.ts'

/** A moment: a `Date`, or ISO 8601 with `Z` or an offset. */
export type Instant = Date | string

const withOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i

/** A moment as the service takes it. A time without offset would mean another zone to each reader, so it is refused. */
export function isoOf(instant: Instant, shiftMs = 0): string {
  const epochMs =
    typeof instant !== 'string' ? instant.getTime() : withOffset.test(instant) ? Date.parse(instant) : NaN
  if (Number.isNaN(epochMs))
    throw new ActiveCampaignError(
      `'${String(instant)}' is no moment: give a Date, or ISO 8601 with Z or an offset`,
      {
        operation: 'instant',
        code: 'invalid-argument',
      },
    )
  return new Date(epochMs + shiftMs).toISOString()
}
