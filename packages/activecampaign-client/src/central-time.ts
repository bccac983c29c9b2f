import { tzOffset } from '@date-fns/tz'

const zone = 'America/Chicago'
const dayMs = 86_400_000
const rememberedHours = 10_000

/** Offsets by 'YYYY-MM-DD HH': Intl is slow, and rows written together share their hour. */
const offsets = new Map<string, number>()

const wallClock = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2}):(\d{2})$/

/**
 * The instant meant by an ActiveCampaign wall-clock time such as `2026-05-28 05:03:51`, in epoch milliseconds,
 * or undefined when the text is no such time.
 *
 * ActiveCampaign's servers tell US-Central time, daylight saving included, whatever the account's zone is, even
 * in columns named `*_utc_timestamp`. An hour that happens twice in autumn is read as the earlier one, so that a
 * reader who continues from the newest time it saw reads a row twice rather than never; a time skipped in spring is read one
 * hour later, as clocks do.
 */
export function parseCentralTime(text: string): number | undefined {
  const match = wallClock.exec(text)
  if (match === null) return undefined
  const wallMs = Date.parse(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`)
  if (Number.isNaN(wallMs)) return undefined
  const hour = `${match[1]} ${match[2]}`
  let offsetMs = offsets.get(hour)
  if (offsetMs === undefined) {
    if (offsets.size >= rememberedHours) offsets.clear()
    offsetMs = centralOffsetMs(wallMs)
    offsets.set(hour, offsetMs)
  }
  return wallMs - offsetMs
}

function centralOffsetMs(wallMs: number): number {
  const before = offsetAt(wallMs - dayMs)
  const after = offsetAt(wallMs + dayMs)
  // The larger offset gives the earlier instant; it is tried first.
  const valid = [Math.max(before, after), Math.min(before, after)].find(
    (offset) => offsetAt(wallMs - offset) === offset,
  )
  return valid ?? before
}

const offsetAt = (epochMs: number): number => tzOffset(zone, new Date(epochMs)) * 60_000
