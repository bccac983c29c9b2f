import { isValid, parseISO, toDate } from 'date-fns'
import { left, right } from 'fp-ts/lib/Either.js'
import { type Codec, codec, isString, isStrings, problem, read, sortedLabels } from './codec.ts'
import { type Decimal, parseDecimal } from './decimal.ts'

/** How a value of each kind is written as text; ActiveCampaign's custom fields carry nothing but text. */
type TextCodec<D> = Codec<D, string>

export const plainText: TextCodec<string> = codec('text', isString, right, (value) => value)

const emailPattern = /^[^\s@,;<>()[\]\\"]+@[^\s@,;<>()[\]\\"]+\.[^\s@,;<>()[\]\\".]+$/u

/** One e-mail address. What a service would take for several, or for none, is malformed. */
export const emailText: TextCodec<string> = codec(
  'e-mail address',
  isString,
  (text) =>
    emailPattern.test(text.trim())
      ? right(text.trim())
      : left(problem('malformed-email', 'This is no e-mail address: correct it in the record.')),
  (value) => value,
)

export const decimalText: TextCodec<Decimal> = codec(
  'number',
  isString,
  (text) => {
    const value = parseDecimal(text)
    return value === undefined
      ? left(problem('malformed-number', 'This is no number: write digits with a point, such as 1250.5.'))
      : right(value)
  },
  (value) => value,
)

const yes = new Set(['true', 'yes', '1', 'on'])
const no = new Set(['false', 'no', '0', 'off'])

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'

export const booleanText = (labels: { readonly true: string; readonly false: string }): TextCodec<boolean> =>
  codec(
    'yes or no',
    isBoolean,
    (text) => {
      const value = fold(text)
      if (value === fold(labels.true)) return right(true)
      if (value === fold(labels.false)) return right(false)
      if (yes.has(value)) return right(true)
      if (no.has(value)) return right(false)
      return left(problem('unknown-option', `Neither "${labels.true}" nor "${labels.false}".`))
    },
    (value) => (value ? labels.true : labels.false),
  )

/** Labels are compared without regard to case and outer blanks: people type them. */
export const fold = (label: string): string => label.trim().toLowerCase()

/** A label of D365, written as the label ActiveCampaign has for it when `table` names one. */
export const labelText = (
  labels: readonly string[],
  table: Readonly<Record<string, string>> = {},
): TextCodec<string> => {
  const written = new Map(
    labels.map((label) => [label, Object.hasOwn(table, label) ? (table[label] ?? label) : label]),
  )
  const byText = new Map([...written].reverse().map(([label, text]) => [fold(text), label]))
  return codec(
    'option',
    isString,
    (text) => {
      const label = byText.get(fold(text))
      return label === undefined
        ? left(
            problem(
              'unknown-option',
              'Dynamics 365 has no such option: add it there, or map it in `choices`.',
            ),
          )
        : right(label)
    },
    (label) => written.get(label) ?? label,
  )
}

/** A list that holds one option. */
export const onlyLabel = (one: TextCodec<string>): Codec<string, readonly string[]> =>
  codec(
    'option',
    isString,
    (texts) => {
      const [first, second] = texts
      return first === undefined || second !== undefined
        ? left(problem('several-options', 'Several options, but the column holds one: leave one of them.'))
        : read(one, first)
    },
    (label) => [one.type.encode(label)],
  )

export const labelsText = (one: TextCodec<string>): Codec<readonly string[], readonly string[]> =>
  codec(
    'options',
    isStrings,
    (texts) => {
      const labels: string[] = []
      for (const text of texts) {
        const label = one.type.decode(text)
        if (label._tag === 'Left')
          return left(
            problem(
              'unknown-option',
              'Dynamics 365 lacks one of these options: add it there, or map it in `choices`.',
            ),
          )
        labels.push(label.right)
      }
      return right(sortedLabels(labels))
    },
    (labels) => labels.map(one.type.encode),
  )

const dayPattern = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ].*)?$/

const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** By hand, because a general parser costs more than everything else on a value's way. */
const isCalendarDay = (year: number, month: number, day: number): boolean =>
  day <= (monthLengths[month - 1] ?? 0) && (month !== 2 || day <= 28 || isLeapYear(year))

/** A calendar day, `YYYY-MM-DD`. A time after it is dropped: some clients write days as midnights. */
export const dayText: TextCodec<string> = codec(
  'date',
  isString,
  (text) => {
    const [, year, month, day] = dayPattern.exec(text.trim()) ?? []
    return year !== undefined && isCalendarDay(Number(year), Number(month), Number(day))
      ? right(`${year}-${month}-${day}`)
      : left(problem('malformed-date', 'This is no date: write YYYY-MM-DD.'))
  },
  (value) => value,
)

const isNumber = (value: unknown): value is number => typeof value === 'number'

const instantPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/

/** A point in time with its offset; the instant counts, not how a service's time zone writes it. */
export const instantText: TextCodec<number> = codec(
  'date and time',
  isNumber,
  (text) => {
    const [, day, minutes, seconds = ':00', offset] = instantPattern.exec(text.trim()) ?? []
    const instant = parseISO(`${day}T${minutes}${seconds}${offset}`)
    return day !== undefined && isValid(instant)
      ? right(instant.getTime())
      : left(
          problem('malformed-date', 'This is no date and time with an offset, such as 2026-11-23T10:00:00Z.'),
        )
  },
  (value) => toDate(value).toISOString().replace('.000Z', 'Z'),
)
