import { parseISO } from 'date-fns'
import { left, right } from 'fp-ts/lib/Either.js'
import type { BooleanColumn, NumberColumn, Options, TextColumn } from '../schema/column.ts'
import { type Codec, codec, isString, isStrings, problem, read, sortedLabels } from './codec.ts'
import { type Decimal, parseDecimal, roundDecimal } from './decimal.ts'
import { bareAmount } from './money-text.ts'
import { dayText, emailText, instantText } from './text-codecs.ts'
import type { ConversionProblem, FieldValue } from './value.ts'

const wrongType = (expected: string): ConversionProblem =>
  problem('wrong-type', `Dynamics 365 sent something else than ${expected}: pull the schema again.`)

const notString = left(wrongType('a text'))

const withinLength =
  (column: TextColumn) =>
  (text: string): ConversionProblem | undefined =>
    text.length > column.maxLength
      ? problem('too-long', `${text.length} characters, but the column holds ${column.maxLength}.`)
      : undefined

/** Text of any format: text, memo, phone, url. */
export const textColumn = (column: TextColumn): Codec<string> =>
  codec<string, FieldValue>(
    'text',
    isString,
    (wire) => (isString(wire) ? right(wire) : notString),
    (value) => value,
    withinLength(column),
  )

export const emailColumn = (column: TextColumn): Codec<string> =>
  codec<string, FieldValue>(
    'e-mail address',
    isString,
    (wire) => (isString(wire) ? read(emailText, wire) : notString),
    (value) => value,
    withinLength(column),
  )

/** Digits after the point that a column keeps. */
export const precisionOf = (column: NumberColumn): number => {
  switch (column.type) {
    case 'wholeNumber':
      return 0
    case 'money':
      return column.precision ?? 2
    case 'decimal':
      return column.precision ?? 10
    case 'float':
      return column.precision ?? 5
  }
}

export const numberColumn = (column: NumberColumn): Codec<Decimal> => {
  const places = precisionOf(column)
  return codec<Decimal, FieldValue>(
    'number',
    isString,
    (wire) => {
      const bare = column.type === 'money' ? bareAmount(wire) : wire
      const value = typeof bare === 'number' || isString(bare) ? parseDecimal(String(bare)) : undefined
      return value === undefined ? left(wrongType('a number')) : right(value)
    },
    (value) => Number(roundDecimal(value, places)),
    (value) => {
      const rounded = Number(roundDecimal(value, places))
      if (rounded < (column.min ?? -1e14)) return problem('out-of-range', `Less than ${column.min ?? -1e14}.`)
      if (rounded > (column.max ?? 1e14)) return problem('out-of-range', `More than ${column.max ?? 1e14}.`)
      return undefined
    },
  )
}

/** Whole numbers beyond 2^53 travel as text, because JSON numbers would lose their last digits. */
export const bigIntColumn: Codec<Decimal> = codec<Decimal, FieldValue>(
  'whole number',
  isString,
  (wire) => {
    const value = typeof wire === 'number' || isString(wire) ? parseDecimal(String(wire)) : undefined
    return value === undefined ? left(wrongType('a whole number')) : right(value)
  },
  (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value),
  (value) => (value.includes('.') ? problem('malformed-number', 'This is no whole number.') : undefined),
)

export const booleanColumn = (_column: BooleanColumn): Codec<boolean> =>
  codec<boolean, FieldValue>(
    'yes or no',
    (value): value is boolean => typeof value === 'boolean',
    (wire) => (typeof wire === 'boolean' ? right(wire) : left(wrongType('true or false'))),
    (value) => value,
  )

const unknownValue = problem(
  'unknown-option',
  'Dynamics 365 sent an option that the schema does not have: pull the schema again.',
)

const valuesByLabel = (options: Options): ReadonlyMap<string, number> =>
  new Map(Object.entries(options).map(([value, label]) => [label, Number(value)]))

/** A choice, state or status: an option's number on the wire, its label inside. */
export const optionColumn = (options: Options): Codec<string> => {
  const values = valuesByLabel(options)
  return codec<string, FieldValue>(
    'option',
    isString,
    (wire) => {
      const label = typeof wire === 'number' ? options[wire] : undefined
      return label === undefined ? left(unknownValue) : right(label)
    },
    (label) => values.get(label) ?? null,
  )
}

/** Several choices: `"1,9"` on the wire, in an order that means nothing; sorted labels inside. */
export const optionsColumn = (options: Options): Codec<readonly string[]> => {
  const values = valuesByLabel(options)
  return codec<readonly string[], FieldValue>(
    'options',
    isStrings,
    (wire) => {
      const numbers =
        typeof wire === 'string' ? wire.split(',').map(Number) : Array.isArray(wire) ? wire : [wire]
      const labels = numbers.map((value) => options[Number(value)])
      return isStrings(labels) ? right(sortedLabels(labels)) : left(unknownValue)
    },
    (labels) =>
      labels
        .flatMap((label) => values.get(label) ?? [])
        .sort((a, b) => a - b)
        .join(','),
  )
}

/**
 * The days that a column of Dataverse holds. One beyond them is refused with the whole row.
 *
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/behavior-format-date-time-attribute
 */
const firstDay = '1753-01-01'
const lastDay = '9999-12-30'
const firstMs = parseISO(`${firstDay}T00:00:00Z`).getTime()
const lastMs = parseISO(`${lastDay}T23:59:59.999Z`).getTime()

const outside = problem(
  'out-of-range',
  `The column holds days from ${firstDay} to ${lastDay}: correct the date.`,
)

export const dayColumn: Codec<string> = codec<string, FieldValue>(
  'date',
  isString,
  (wire) => (isString(wire) ? read(dayText, wire) : notString),
  (value) => value,
  (value) => (value < firstDay || value > lastDay ? outside : undefined),
)

export const instantColumn: Codec<number> = codec<number, FieldValue>(
  'date and time',
  (value): value is number => typeof value === 'number',
  (wire) => (isString(wire) ? read(instantText, wire) : notString),
  // Dataverse keeps whole seconds.
  (value) => instantText.type.encode(Math.floor(value / 1000) * 1000),
  (value) => (value < firstMs || value > lastMs ? outside : undefined),
)

/** A reference as people see it: its label. Ids are carried as they are. */
export const referenceColumn: Codec<string> = codec<string, FieldValue>(
  'reference',
  isString,
  (wire) => (isString(wire) ? right(wire) : notString),
  (value) => value,
)
