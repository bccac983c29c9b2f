import type { Column } from '../schema/column.ts'
import type { Field } from '../schema/field.ts'

/** What a contact of ActiveCampaign has many of, by name: tags, lists, subscription states. */
export interface NamesField {
  readonly type: 'names'
  /** The names there can be; absent: any. */
  readonly options?: readonly string[]
  readonly label?: string
}

/** What a condition can be on. */
export type Subject = Column | Field | NamesField

/** Which operators a type understands. Types of both sides fall into the same few families. */
export const families = {
  text: 'text',
  memo: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  textarea: 'text',
  hidden: 'text',
  account: 'text',
  wholeNumber: 'number',
  decimal: 'number',
  float: 'number',
  bigInt: 'number',
  money: 'number',
  number: 'number',
  currency: 'number',
  score: 'number',
  boolean: 'boolean',
  choice: 'option',
  state: 'option',
  status: 'option',
  dropdown: 'option',
  radio: 'option',
  choices: 'options',
  listbox: 'options',
  checkbox: 'options',
  multiselect: 'options',
  names: 'options',
  dateOnly: 'day',
  date: 'day',
  dateTime: 'instant',
  datetime: 'instant',
  lookup: 'reference',
  owner: 'reference',
  uniqueId: 'id',
} as const satisfies Readonly<Record<Subject['type'], string>>

export type Family = (typeof families)[keyof typeof families]

const equality = ['equals', 'not', 'in', 'notIn', 'isSet'] as const
const time = [
  'before',
  'after',
  'onOrBefore',
  'onOrAfter',
  'between',
  'inLast',
  'inNext',
  'olderThan',
] as const

/** The operators of each family. */
export const operators = {
  text: [...equality, 'contains', 'startsWith', 'endsWith'],
  number: [...equality, 'gt', 'gte', 'lt', 'lte', 'between'],
  boolean: ['equals', 'not', 'isSet'],
  option: equality,
  options: ['hasAny', 'hasNone', 'isSet'],
  day: ['equals', 'not', 'isSet', ...time],
  instant: ['isSet', ...time],
  reference: equality,
  id: equality,
} as const satisfies Readonly<Record<Family, readonly string[]>>

export type Operator = (typeof operators)[Family][number]
