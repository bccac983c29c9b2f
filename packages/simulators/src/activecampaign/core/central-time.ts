const HOUR_MS = 3_600_000

const offsetOf = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Chicago', timeZoneName: 'longOffset' })
const offsets = new Map<number, number>()

/** Chicago's offset from UTC in hours at an instant: -5 in summer, -6 in winter. */
function offsetHours(atMs: number): number {
  // Offsets change on the hour only, and formatting is slow: a list of 100 contacts shows 400 times.
  const hour = Math.floor(atMs / HOUR_MS)
  const known = offsets.get(hour)
  if (known !== undefined) return known
  const name =
    offsetOf.formatToParts(hour * HOUR_MS).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const offset = Number(name.slice(3, 6))
  offsets.set(hour, offset)
  return offset
}

const wallClock = (atMs: number): string =>
  new Date(atMs + offsetHours(atMs) * HOUR_MS).toISOString().slice(0, 19)

/** `2026-05-28T05:03:51-05:00`: how `cdate`, `udate` and account timestamps are written. */
export const centralIso = (atMs: number): string =>
  `${wallClock(atMs)}-0${String(Math.abs(offsetHours(atMs)))}:00`

/** `2026-05-28 05:03:51`: how every `*_timestamp` is written, `*_utc_timestamp` included. */
export const centralStamp = (atMs: number): string => wallClock(atMs).replace('T', ' ')

/** `2026-05-28 10:03:51` in UTC: the timestamps of account and deal custom fields. */
export const utcStamp = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')

/** `2021-03-19T18:23:17.153000000Z`: custom objects, true UTC with nine decimals. */
export const nanoIso = (atMs: number): string => new Date(atMs).toISOString().replace('Z', '000000Z')

/** The instant a date or date-time names; without an offset it is read in the given zone. */
export function parseInstant(value: string, zone: 'central' | 'utc'): number | undefined {
  const written = value.trim().replace(' ', 'T')
  if (/(?:Z|[+-]\d\d:?\d\d)$/i.test(written) && written.includes('T')) return defined(Date.parse(written))
  const utc = defined(Date.parse(`${written.includes('T') ? written : `${written}T00:00:00`}Z`))
  if (utc === undefined || zone === 'utc') return utc
  return utc - offsetHours(utc + 6 * HOUR_MS) * HOUR_MS
}

const defined = (instant: number): number | undefined => (Number.isNaN(instant) ? undefined : instant)
