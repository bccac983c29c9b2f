import type { StateTransaction } from '../state/state-store.ts'

const changed = 'activecampaign/contacts/updated'
const notedAt = 'activecampaign/contacts/updated/noted'

/** How far changes of contacts are known. */
export interface Watermark {
  /** Every change up to here was read: ISO 8601, in the service's own time. */
  readonly changed: string
  /** When that was noted, by the host's clock: epoch milliseconds; null where an older release noted it. */
  readonly notedAtMs: number | null
}

export const readWatermark = async ({ cursors }: StateTransaction): Promise<Watermark | null> => {
  const at = await cursors.get(changed)
  if (at === null || at === '') return null
  const noted = await cursors.get(notedAt)
  return { changed: at, notedAtMs: noted === null ? null : Number(noted) }
}

/** The next reading reads everything. */
export const forgetWatermark = ({ cursors }: StateTransaction): Promise<void> => cursors.set(changed, '')

export const saveWatermark = async (
  { cursors }: StateTransaction,
  { changed: at, notedAtMs }: Watermark & { readonly notedAtMs: number },
): Promise<void> => {
  await cursors.set(changed, at)
  await cursors.set(notedAt, String(notedAtMs))
}

/**
 * How far changes are known when a reading begins. It was `changed` at the service when the watermark was noted, and as much
 * time has passed there since as here: the host's clock is taken for a stopwatch, not for the service's time. Without this, what
 * changed last would be read again by every run until something else changes, all of a first import included. Where two clocks
 * noted and begun, or one was set in between, more time may seem to have passed than has: nothing is known of the future.
 */
export const knownWhenBegun = ({ changed, notedAtMs }: Watermark, begunAtMs: number): string => {
  const passedMs = notedAtMs === null ? 0 : Math.max(0, begunAtMs - notedAtMs)
  const atMs = Date.parse(changed)
  return Number.isNaN(atMs) ? changed : new Date(Math.min(atMs + passedMs, begunAtMs)).toISOString()
}

/** From where on to read: a watermark that a wrong clock has put into the future would hide what changes until then. */
export const readFrom = ({ changed }: Watermark, begunAtMs: number): string =>
  Date.parse(changed) > begunAtMs ? new Date(begunAtMs).toISOString() : changed
