import type { ColumnType } from '../schema/column.ts'
import type { FieldType } from '../schema/field.ts'

/** Which ways a pair of types can carry values; `outbound` is from D365 to ActiveCampaign. */
export type Flow = 'bidirectional' | 'outbound' | 'inbound'

/** A pair of types that can be mapped: which way, and what of the value is lost on the way. */
export interface Compatible {
  readonly flow: Flow
  /** Absent: the pair carries every value of the column unchanged, up to the equivalence of its type. */
  readonly loss?: string
}

const both = <const L extends string | undefined = undefined>(loss?: L) =>
  ({ flow: 'bidirectional', ...(loss === undefined ? {} : { loss }) }) as const
const outbound = (loss: string) => ({ flow: 'outbound', loss }) as const
const inbound = (loss: string) => ({ flow: 'inbound', loss }) as const

const exact = { flow: 'bidirectional' } as const satisfies Compatible

const onlyOptions = both('A text that is none of the options is held.')
const label =
  'The label is written. Renaming what it refers to changes no row: a full read sees the new label, or the row’s next change.'
const optionLabel =
  'The label is written, as the schema has it. A new label goes over when the column’s value changes.'

const numbers = { text: exact, hidden: exact, number: exact, textarea: exact } as const
const money = both('The amount is carried, its currency is not.')
const options = { text: exact, textarea: exact, hidden: exact, dropdown: exact, radio: exact } as const
const joined = outbound('The labels are joined with "; " and are not read back.')
const onlyLabel = outbound(label)
const onlyOptionLabel = outbound(optionLabel)
const oneLine = outbound('Line breaks become blanks; more than 255 characters are held.')
const texts = {
  text: exact,
  textarea: exact,
  hidden: exact,
  dropdown: onlyOptions,
  radio: onlyOptions,
  url: exact,
  phone: exact,
} as const

/**
 * Which D365 column types can be mapped to which ActiveCampaign field types. A pair that is not named here is
 * incompatible; {@link incompatibility} says why.
 *
 * Source: ActiveCampaign's own field-mapping cheat sheet for Dynamics 365, widened where a value survives.
 * https://help.activecampaign.com/hc/de/articles/4407713300892
 */
export const compatibility = {
  text: { ...texts, score: inbound('A score is read, never written.') },
  memo: { textarea: exact, text: oneLine, hidden: oneLine },
  email: { email: exact, text: exact, hidden: exact },
  phone: { phone: exact, text: exact, hidden: exact },
  url: { url: exact, text: exact, textarea: exact, hidden: exact },
  wholeNumber: { ...numbers, score: inbound('A score is read, never written.') },
  decimal: numbers,
  float: numbers,
  bigInt: numbers,
  money: {
    text: money,
    hidden: money,
    number: money,
    textarea: money,
    currency: both(
      'An amount in another currency than the field’s is held, not converted; digits after the second are rounded.',
    ),
  },
  boolean: { text: exact, textarea: exact, hidden: exact, dropdown: exact, radio: exact },
  choice: { ...options, listbox: both('Several options at once are held: the column holds one.') },
  choices: {
    listbox: exact,
    checkbox: exact,
    multiselect: exact,
    text: joined,
    textarea: joined,
    hidden: joined,
  },
  state: {
    text: onlyOptionLabel,
    hidden: onlyOptionLabel,
    dropdown: onlyOptionLabel,
    radio: onlyOptionLabel,
  },
  status: {
    text: onlyOptionLabel,
    hidden: onlyOptionLabel,
    dropdown: onlyOptionLabel,
    radio: onlyOptionLabel,
  },
  dateOnly: { date: exact, text: exact, hidden: exact },
  dateTime: {
    datetime: exact,
    text: exact,
    hidden: exact,
    date: outbound('The time of day is dropped; the day is that in UTC.'),
  },
  lookup: { account: exact, text: onlyLabel, textarea: onlyLabel, hidden: onlyLabel },
  owner: { text: onlyLabel, textarea: onlyLabel, hidden: onlyLabel },
  uniqueId: {
    text: outbound('Ids are read, never written.'),
    hidden: outbound('Ids are read, never written.'),
  },
} as const satisfies Readonly<Record<ColumnType, Readonly<Partial<Record<FieldType, Compatible>>>>>

/** The table of {@link compatibility}, for type-level look-ups. */
export type Compatibility = typeof compatibility

/** The pair's entry, or `undefined` when the two types cannot be mapped. */
export const compatible = (column: ColumnType, field: FieldType): Compatible | undefined => {
  const row: Readonly<Partial<Record<FieldType, Compatible>>> = compatibility[column]
  return row[field]
}

const reasons: Readonly<Partial<Record<FieldType, string>>> = {
  account: 'only a lookup to accounts can be the contact’s account',
  score: 'a score is a number that ActiveCampaign computes',
  listbox: 'a list box holds options: map a choice or multi-select choice column',
  checkbox: 'check boxes hold several options: map a multi-select choice column',
  multiselect: 'a multi-select field holds several options: map a multi-select choice column',
  dropdown: 'a dropdown holds one of its options: map a choice, yes/no or text column',
  radio: 'radio buttons hold one of their options: map a choice, yes/no or text column',
  date: 'a date field holds a day: map a date column',
  datetime: 'ActiveCampaign moves date-times into its account’s time zone: map a date-time column',
  number: 'a number field holds digits: map a number column',
  currency: 'a currency field holds an amount: map a money column',
  email: 'an e-mail field holds one address: map an e-mail column',
  phone: 'a phone field holds a number: map a phone column',
  url: 'a URL field holds an address: map a URL column',
}

/** Why two types cannot be mapped. */
export const incompatibility = (column: ColumnType, field: FieldType): string =>
  reasons[field] ?? `${field} fields cannot carry ${column} values: map a column of another type`
