import {
  type Column,
  type ColumnType,
  type CompiledField,
  column,
  compatibility,
  compileDefinition,
  explainPair,
  type Field,
  type Fields,
  type FieldType,
  type FieldValue,
  field,
  type Schema,
} from '@dynacamp/mapping-dsl'
import * as fc from 'fast-check'

const interests = { 10: 'Sailing', 20: 'Chess', 30: 'Opera & Ballet', 45: 'Größe' }
const ratings = { 1: 'Hot', 2: 'Warm', 3: 'Cold' }

/** One column of each type. */
export const columns = {
  text: column.text(300),
  memo: column.memo(2000),
  email: column.email(100),
  phone: column.phone(50),
  url: column.url(200),
  wholeNumber: column.wholeNumber({ min: -1000, max: 1e9 }),
  decimal: column.decimal({ precision: 4 }),
  float: column.float({ precision: 5 }),
  bigInt: column.bigInt(),
  money: column.money({ min: -1e12, max: 1e12, precision: 2 }),
  boolean: column.boolean({ labels: { true: 'Do Not Allow', false: 'Allow' } }),
  choice: column.choice(ratings),
  choices: column.choices(interests),
  state: column.state({ 0: 'Active', 1: 'Inactive' }),
  status: column.status({ 1: 'Active', 2: 'Inactive' }),
  dateOnly: column.dateOnly(),
  dateTime: column.dateTime(),
  lookup: column.lookup(['account']),
  owner: column.owner(),
  uniqueId: column.uniqueId(),
} as const satisfies Record<ColumnType, Column>

const optionsFor = (type: ColumnType): readonly string[] => {
  const subject: Column = columns[type]
  if ('options' in subject) return Object.values(subject.options)
  return 'labels' in subject ? Object.values(subject.labels) : ['Gold', 'Silver']
}

/** One field of each type, with the options that a column's values need. */
const fieldFor = (type: FieldType, columnType: ColumnType): Field => {
  switch (type) {
    case 'dropdown':
    case 'radio':
    case 'listbox':
    case 'checkbox':
    case 'multiselect':
      return field[type](optionsFor(columnType))
    case 'currency':
      return field.currency('EUR')
    default:
      return field[type]()
  }
}

/** The compiled mapping of one pair of types, where its fields are written in the way of contacts or of accounts. */
export const compiledPair = (
  columnType: ColumnType,
  fieldType: FieldType,
  place: 'contacts' | 'accounts' = 'contacts',
): CompiledField => {
  const identity =
    place === 'contacts' ? { column: 'emailaddress1', field: 'email' } : { column: 'name', field: 'name' }
  const row = { [identity.column]: column.email(), subject: columns[columnType] }
  const record = { [identity.field]: field.email(), SUBJECT: fieldFor(fieldType, columnType) }
  const schema: Schema = {
    dynamics: { [place]: row },
    activeCampaign: place === 'contacts' ? { contacts: record } : { contacts: {}, accounts: record },
  }
  const pair = explainPair(columnType, fieldType)
  const direction = pair.compatible ? pair.flow : 'bidirectional'
  const { entities } = compileDefinition(
    {
      [place]: {
        direction: 'bidirectional',
        fields: [
          { dynamics: identity.column, activeCampaign: identity.field },
          { dynamics: 'subject', activeCampaign: 'SUBJECT', direction },
        ],
      },
      optOut: { direction: 'off' },
    },
    schema,
  )
  const compiled = entities[0]?.fields.find(({ activeCampaign }) => activeCampaign === 'SUBJECT')
  if (compiled === undefined) throw new Error(`${columnType} to ${fieldType} did not compile`)
  return compiled
}

/** The pairs of the matrix that carry values as fields; the account relation is kept by links instead. */
export const pairs: readonly (readonly [ColumnType, FieldType])[] = Object.entries(compatibility).flatMap(
  ([columnType, row]) =>
    Object.keys(row)
      .filter((fieldType) => fieldType !== 'account')
      .map((fieldType) => [columnType as ColumnType, fieldType as FieldType] as const),
)

const text = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: maxLength / 10 }).filter((value) => value.length <= maxLength),
    fc.constantFrom(
      '',
      ' ',
      'Ek',
      "O'Brien",
      'a||b',
      'line one\r\nline two',
      'Gold',
      '%',
      '[x]',
      '0012',
      'ÅÄÖ',
    ),
  )

const scaled = (min: number, max: number, places: number) =>
  fc.integer({ min: min * 10 ** places, max: max * 10 ** places }).map((value) => value / 10 ** places)

const day = fc
  .date({ min: new Date('1753-01-01T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
  .map((value) => value.toISOString())

const email = fc.oneof(
  fc.emailAddress().filter((value) => value.length <= 100),
  fc.constantFrom('Ann@Example.com', "o'brien@example.co.uk"),
)

/** What Dataverse sends for a column of each type. */
const dynamicsValues: Readonly<Record<ColumnType, fc.Arbitrary<FieldValue>>> = {
  text: text(300),
  memo: text(2000),
  email,
  phone: fc.stringMatching(/^\+?[0-9 ()\-/]{1,30}$/),
  url: fc.webUrl().filter((value) => value.length <= 200),
  wholeNumber: fc.integer({ min: -1000, max: 1e9 }),
  decimal: scaled(-1e6, 1e6, 4),
  float: scaled(-180, 180, 5),
  bigInt: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  money: scaled(-1e9, 1e9, 2),
  boolean: fc.boolean(),
  choice: fc.constantFrom(1, 2, 3),
  choices: fc.subarray([10, 20, 30, 45], { minLength: 1 }).map((values) => values.join(',')),
  state: fc.constantFrom(0, 1),
  status: fc.constantFrom(1, 2),
  dateOnly: day.map((value) => value.slice(0, 10)),
  dateTime: day.map((value) => `${value.slice(0, 19)}Z`),
  lookup: text(160),
  owner: text(160),
  uniqueId: fc.uuid(),
}

/** A row that amounts can be written to. */
export const row: Fields = { 'transactioncurrencyid.isocurrencycode': 'EUR' }

/** The same for one pair: beside a currency field, an amount has its currency with it. */
export const valuesFor = (columnType: ColumnType, fieldType: FieldType): fc.Arbitrary<FieldValue> =>
  fieldType === 'currency'
    ? dynamicsValues[columnType].map((amount) => `${amount} EUR`)
    : dynamicsValues[columnType]

const trimmed = (value: FieldValue): string =>
  String(value ?? '')
    .replaceAll('\r\n', '\n')
    .trim()

const asText = (a: FieldValue, b: FieldValue): boolean => trimmed(a) === trimmed(b)
const asNumber = (a: FieldValue, b: FieldValue): boolean => Number(a) === Number(b)
const asIs = (a: FieldValue, b: FieldValue): boolean => a === b
const asSet = (a: FieldValue, b: FieldValue): boolean =>
  String(a).split(',').sort().join() === String(b).split(',').sort().join()
const phone = (value: FieldValue): string => trimmed(value).replaceAll(/[^\d+\p{L}]/gu, '')

/** The stated equivalences, written naively a second time: the oracle that the code is compared with. */
export const sameByTheBook: Readonly<Record<ColumnType, (a: FieldValue, b: FieldValue) => boolean>> = {
  text: asText,
  memo: asText,
  email: (a, b) => trimmed(a).toLowerCase() === trimmed(b).toLowerCase(),
  // A text without a digit is not nothing, though nothing of it is compared.
  phone: (a, b) => phone(a) === phone(b) && (trimmed(a) === '') === (trimmed(b) === ''),
  url: asText,
  wholeNumber: asNumber,
  decimal: asNumber,
  float: asNumber,
  bigInt: asNumber,
  money: (a, b) => parseFloat(String(a)) === parseFloat(String(b)),
  boolean: asIs,
  choice: asIs,
  choices: asSet,
  state: asIs,
  status: asIs,
  dateOnly: asIs,
  dateTime: asIs,
  lookup: asText,
  owner: asText,
  uniqueId: asText,
}

const steps: Readonly<Partial<Record<ColumnType, readonly [step: number, places: number]>>> = {
  wholeNumber: [1, 0],
  bigInt: [1, 0],
  money: [0.01, 2],
  decimal: [0.0001, 4],
  float: [0.00001, 5],
}

/** The smallest difference that counts. */
const nextTo = (type: ColumnType, value: FieldValue): FieldValue => {
  const [step, places] = steps[type] ?? []
  if (typeof value === 'number' && step !== undefined) return Number((value - step).toFixed(places))
  if (type === 'dateTime' && typeof value === 'string') {
    return `${value.slice(0, 17)}${value.endsWith('00Z') ? '01' : '00'}Z`
  }
  return value
}

/** A value and another one that may be the same, nearly the same, or quite different. */
export const neighbours = (
  type: ColumnType,
  fieldType: FieldType,
): fc.Arbitrary<readonly [FieldValue, FieldValue]> => {
  const values = valuesFor(type, fieldType)
  const isText = ['text', 'memo', 'email', 'phone', 'url', 'lookup', 'owner'].includes(type)
  const near = values.chain((value) =>
    typeof value === 'string' && isText
      ? fc
          .constantFrom(` ${value}`, `${value} `, value.toUpperCase(), `${value}x`, `x${value}`)
          .map((other) => [value, other] as const)
      : fc.constantFrom([value, value] as const, [value, nextTo(type, value)] as const),
  )
  return fc.oneof(fc.tuple(values, values), near)
}
