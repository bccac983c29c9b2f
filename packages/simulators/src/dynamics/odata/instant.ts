/** Milliseconds as Dataverse writes a date-time: UTC, to the second. */
export function toInstant(ms: number): string {
  // Rows are written many to a second: the last text is kept.
  const second = Math.floor(ms / 1000)
  if (second !== lastInstant.second) {
    lastInstant = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` }
  }
  return lastInstant.text
}

let lastInstant = { second: 0, text: '1970-01-01T00:00:00Z' }

/** Milliseconds as a date. */
export const toDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/**
 * A date or date-time literal in a form that sorts together with stored instants as plain text. Stored ones have no
 * fraction of a second; one in a literal goes after the `Z`, where it sorts between two stored seconds.
 */
export function comparableInstant(literal: string): string {
  const ms = Date.parse(literal)
  if (Number.isNaN(ms)) return literal
  const fraction = ms % 1000
  return fraction === 0 ? toInstant(ms) : `${toInstant(ms)}${String(fraction).padStart(3, '0')}`
}
