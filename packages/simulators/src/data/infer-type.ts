import { z } from 'zod'

/** The kind of values a column or field holds, found out from the values alone. */
export type ValueKind = 'boolean' | 'integer' | 'decimal' | 'date' | 'datetime' | 'text' | 'lines' | 'options'

const isoDate = z.iso.date()
const isoInstant = z.iso.datetime({ offset: true })

/** Texts longer than this are taken for more than one line's worth. */
const lineLength = 255

/** Whole numbers that a Dataverse integer column holds. */
const maxInteger = 2_147_483_647

const kinds: readonly (readonly [ValueKind, (value: unknown) => boolean])[] = [
  ['boolean', (value) => typeof value === 'boolean'],
  ['integer', (value) => Number.isInteger(value) && Math.abs(Number(value)) <= maxInteger],
  ['decimal', (value) => typeof value === 'number'],
  ['options', (value) => Array.isArray(value) || (typeof value === 'string' && /^\|\|.+\|\|$/s.test(value))],
  ['date', (value) => isoDate.safeParse(value).success],
  ['datetime', (value) => isoInstant.safeParse(value).success],
  ['text', (value) => !(typeof value === 'string' && (value.length > lineLength || value.includes('\n')))],
]

/** The narrowest kind that holds all values; `null` and empty texts say nothing. */
export function inferKind(values: Iterable<unknown>): ValueKind {
  const said = [...values].filter((value) => value !== null && value !== undefined && value !== '')
  if (said.length === 0) return 'text'
  return kinds.find(([, holds]) => said.every(holds))?.[0] ?? 'lines'
}
