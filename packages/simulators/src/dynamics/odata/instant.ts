/** Milliseconds as Dataverse writes a date-time: UTC, to the second. */
export const toInstant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

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
