import { z } from 'zod'
import { parseCentralTime } from './central-time.ts'

/**
 * How values arrive. ActiveCampaign sends numbers and booleans mostly as strings, but echoes what was sent to it in the
 * type it was sent in, so each reader takes both. What may be missing is null or empty when it is missing.
 */

/** Says that a value is none of what is read. */
const unreadable = Symbol('unreadable')

/**
 * A schema from a function. One step per value: unions and pipes of zod are an order of magnitude slower, and a row of
 * contacts has thirty values.
 */
const reader = <T>(expected: string, read: (value: unknown) => T | typeof unreadable) =>
  z.transform<unknown, T>((value, context) => {
    const result = read(value)
    if (result !== unreadable) return result
    context.issues.push({
      code: 'custom',
      message: `expected ${expected}, got ${shown(value)}`,
      input: value,
    })
    return z.NEVER
  })

/** Shows no text of unknown length, and no value that could be personal. */
const shown = (value: unknown): string => {
  if (value === null || value === undefined || typeof value === 'boolean') return String(value)
  return typeof value === 'object' ? (Array.isArray(value) ? 'an array' : 'an object') : `a ${typeof value}`
}

const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined

const isScalar = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

/** An id: always a string here, `16` and `"16"` are the same one. */
export const id = reader('an id', (value) => (isScalar(value) && value !== '' ? String(value) : unreadable))

/** A reference to another row, null when there is none (`null`, `""` and `"0"` on the wire). */
export const reference = reader('an id or nothing', (value): string | null | typeof unreadable => {
  if (isMissing(value) || value === '' || value === '0' || value === 0) return null
  return isScalar(value) ? String(value) : unreadable
})

/** Text, `''` when missing. */
export const text = reader('text', (value) => {
  if (typeof value === 'string') return value
  if (isMissing(value)) return ''
  return typeof value === 'number' ? String(value) : unreadable
})

/** Text that tells empty from missing. */
export const optionalText = reader('text or nothing', (value): string | null | typeof unreadable => {
  if (isMissing(value)) return null
  return isScalar(value) ? String(value) : unreadable
})

const truths: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ['1', true],
  [1, true],
  [true, true],
  ['true', true],
  ['0', false],
  [0, false],
  [false, false],
  ['false', false],
  ['', false],
  [null, false],
  [undefined, false],
])

/** Yes or no, false when missing. */
export const flag = reader('a boolean', (value) => truths.get(value) ?? unreadable)

/** A number, null when missing. */
export const number = reader('a number', (value): number | null | typeof unreadable => {
  if (isMissing(value) || value === '') return null
  const parsed = isScalar(value) ? Number(value) : Number.NaN
  return Number.isFinite(parsed) ? parsed : unreadable
})

const isNever = (value: unknown): boolean =>
  isMissing(value) || value === '' || (typeof value === 'string' && value.startsWith('0000-00-00'))

const offsetAtEnd = /(?:Z|[+-]\d{2}:?\d{2})$/
const dayAtStart = /^\d{4}-\d{2}-\d{2}(?![^ T])/

const rememberedInstants = 1_000

function instantFrom(parseWallClock: (value: string) => number | undefined) {
  // A row tells the same moment in several columns, and rows written together share theirs.
  const known = new Map<string, string>()
  return reader('a date and time', (value): string | null | typeof unreadable => {
    if (isNever(value)) return null
    if (typeof value !== 'string') return unreadable
    const before = known.get(value)
    if (before !== undefined) return before
    const epochMs = offsetAtEnd.test(value) ? Date.parse(value) : parseWallClock(value)
    if (epochMs === undefined || Number.isNaN(epochMs)) return unreadable
    const instant = new Date(epochMs).toISOString()
    if (known.size >= rememberedInstants) known.clear()
    known.set(value, instant)
    return instant
  })
}

/** An instant as ISO 8601 in UTC, null for missing and for zero dates. Without an offset it is US-Central time. */
export const instant = instantFrom(parseCentralTime)

/** The same where a time without offset is UTC: values of account custom fields, whose siblings say `+00:00`. */
export const utcInstant = instantFrom((value) => Date.parse(`${value.replace(' ', 'T')}Z`))

/** A calendar day, `YYYY-MM-DD`, null for missing and for zero dates. */
export const day = reader('a date', (value): string | null | typeof unreadable => {
  if (isNever(value)) return null
  return typeof value === 'string' && dayAtStart.test(value) ? value.slice(0, 10) : unreadable
})

/** Ids of other rows, empty when missing. */
export const ids = z
  .array(id)
  .nullish()
  .transform((value) => value ?? [])
