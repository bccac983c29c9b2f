import { z } from 'zod'
import { parseCentralTime } from './central-time.ts'

/**
 * How values arrive. ActiveCampaign sends numbers and booleans mostly as strings, but echoes what was sent to it in the
 * type it was sent in, so each reader takes both. What may be missing is null or empty when it is missing.
 */

/** An id: always a string here, `16` and `"16"` are the same one. */
export const id = z.union([z.string().min(1), z.number()]).transform(String)

/** A reference to another row, null when there is none (`null`, `""` and `"0"` on the wire). */
export const reference = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    const text = String(value ?? '')
    return text === '' || text === '0' ? null : text
  })

/** Text, `''` when missing. */
export const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ''))

/** Text that tells empty from missing. */
export const optionalText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value)))

const truths: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
  ['', false],
])

/** Yes or no, false when missing. */
export const flag = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value, context) => {
    const truth = truths.get(String(value ?? ''))
    if (truth !== undefined) return truth
    context.addIssue({ code: 'custom', message: `expected a boolean, got ${String(value)}` })
    return z.NEVER
  })

/** A number, null when missing. */
export const number = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value, context) => {
    if (value === null || value === undefined || value === '') return null
    const parsed = Number(value)
    if (Number.isFinite(parsed)) return parsed
    context.addIssue({ code: 'custom', message: `expected a number, got ${String(value)}` })
    return z.NEVER
  })

const zeroDate = /^0000-00-00/
const offsetAtEnd = /(?:Z|[+-]\d{2}:?\d{2})$/
const dateOnly = /^\d{4}-\d{2}-\d{2}$/

const instantFrom = (parseWallClock: (value: string) => number | undefined) =>
  z
    .string()
    .nullish()
    .transform((value, context) => {
      if (value === null || value === undefined || value === '' || zeroDate.test(value)) return null
      const epochMs = offsetAtEnd.test(value) ? Date.parse(value) : parseWallClock(value)
      if (epochMs !== undefined && !Number.isNaN(epochMs)) return new Date(epochMs).toISOString()
      context.addIssue({ code: 'custom', message: `expected a date and time, got ${value}` })
      return z.NEVER
    })

/** An instant as ISO 8601 in UTC, null for missing and for zero dates. Without an offset it is US-Central time. */
export const instant = instantFrom(parseCentralTime)

/** The same where a time without offset is UTC: values of account custom fields, whose siblings say `+00:00`. */
export const utcInstant = instantFrom((value) => Date.parse(`${value.replace(' ', 'T')}Z`))

/** A calendar day, `YYYY-MM-DD`, null for missing and for zero dates. */
export const day = z
  .string()
  .nullish()
  .transform((value, context) => {
    if (value === null || value === undefined || value === '' || zeroDate.test(value)) return null
    const date = value.slice(0, 10)
    if (dateOnly.test(date)) return date
    context.addIssue({ code: 'custom', message: `expected a date, got ${value}` })
    return z.NEVER
  })

/** Ids of other rows, empty when missing. */
export const ids = z
  .array(id)
  .nullish()
  .transform((value) => value ?? [])
