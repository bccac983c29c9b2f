import { left, right } from 'fp-ts/lib/Either.js'
import type { Place } from '../schema/entity.ts'
import type { Field, OptionField } from '../schema/field.ts'
import { type Codec, codec, isString, isStrings, problem } from './codec.ts'
import { parseDecimal, roundDecimal, shiftDecimal } from './decimal.ts'
import { otherCurrency, parseMoney } from './money-text.ts'
import { fold } from './text-codecs.ts'
import { type FieldValue, isBlank } from './value.ts'

const wrongType = problem(
  'wrong-type',
  'ActiveCampaign sent something else than this field holds: pull the schema again.',
)

const asText = (wire: FieldValue): string | undefined =>
  isString(wire) ? wire : typeof wire === 'number' ? String(wire) : undefined

const textField: Codec<string> = codec<string, FieldValue>(
  'text',
  isString,
  (wire) => {
    const text = asText(wire)
    return text === undefined ? left(wrongType) : right(text)
  },
  (value) => value,
)

/** Custom objects take and give JSON numbers, where contacts and accounts take and give text. */
const jsonNumberField: Codec<string> = codec<string, FieldValue>(
  'number',
  isString,
  (wire) => {
    const text = asText(wire)
    return text === undefined ? left(wrongType) : right(text)
  },
  (value) => Number(value),
)

/**
 * Account money travels as whole hundredths: 9999 is 99.99. A value keeps the currency it was entered in, which the observation
 * has beside it where it is not the field's: `9999 USD`.
 */
const hundredthsField = (currency: string): Codec<string> =>
  codec<string, FieldValue>(
    'amount',
    isString,
    (wire) => {
      const money = parseMoney(wire)
      if (money !== undefined && money.currency !== currency)
        return left(otherCurrency(money.currency, currency))
      const amount = parseDecimal(money?.amount ?? asText(wire) ?? '')
      return amount === undefined ? left(wrongType) : right(shiftDecimal(amount, -2))
    },
    (value) => roundDecimal(shiftDecimal(value, 2), 0),
  )

const unknownOption = problem(
  'unknown-option',
  'ActiveCampaign has no such option: add it to the field, or map it in `choices`.',
)

/** An option must be written exactly as the field has it, or it does not show. */
const exactOptions = (field: OptionField): ReadonlyMap<string, string> =>
  new Map(field.options.map((option) => [fold(option), option]))

const optionField = (field: OptionField): Codec<string> => {
  const exact = exactOptions(field)
  return codec<string, FieldValue>(
    'option',
    isString,
    (wire) => (isString(wire) ? right(wire) : left(wrongType)),
    (value) => exact.get(fold(value)) ?? value,
    (value) => (exact.has(fold(value)) ? undefined : unknownOption),
  )
}

/** `||a||b||` on contacts; other clients leave the outer bars away. */
export const splitBars = (text: string): readonly string[] =>
  text
    .split('||')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const joinBars = (values: readonly string[]): string =>
  values.length === 0 ? '' : `||${values.join('||')}||`

/** A field of several options, as bars on contacts and as an array on accounts and custom objects. */
export const multiField = (field: OptionField, place: Place): Codec<readonly string[]> => {
  const exact = exactOptions(field)
  return codec<readonly string[], FieldValue>(
    'options',
    isStrings,
    (wire) => (isString(wire) ? right(splitBars(wire)) : isStrings(wire) ? right(wire) : left(wrongType)),
    (values) => {
      const options = values.map((value) => exact.get(fold(value)) ?? value).sort()
      return place === 'contacts' ? joinBars(options) : options
    },
    (values) => (values.every((value) => exact.has(fold(value))) ? undefined : unknownOption),
  )
}

/** Whether a field holds several options at once. */
export const holdsMany = (field: Field): field is OptionField =>
  field.type === 'listbox' || field.type === 'checkbox' || field.type === 'multiselect'

/** The field's way of carrying one text. */
export const singleField = (field: Field, place: Place): Codec<string> => {
  switch (field.type) {
    case 'dropdown':
    case 'radio':
      return optionField(field)
    case 'number':
    case 'score':
      return place === 'objects' ? jsonNumberField : textField
    case 'currency':
      return hundredthsField(field.currency)
    default:
      return textField
  }
}

/** How the API says "nothing" in some types of field, besides with an empty text. */
export const emptyForms = {
  many: /^[|\s]*$/,
  date: /^0000-00-00/,
} as const

/** Whether a field holds nothing. */
export const blankIn = (field: Field): ((value: FieldValue) => boolean) => {
  const form = holdsMany(field)
    ? emptyForms.many
    : field.type === 'date' || field.type === 'datetime'
      ? emptyForms.date
      : undefined
  return form === undefined ? isBlank : (value) => isBlank(value) || (isString(value) && form.test(value))
}
