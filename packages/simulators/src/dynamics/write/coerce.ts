import { badPayload, DataverseError } from '../dataverse-error.ts'
import type { Environment } from '../environment.ts'
import { toInstant } from '../odata/instant.ts'
import type { Column, Table } from '../schema/table.ts'
import type { Scalar } from '../store/table-store.ts'

const refused = (code: string, name: string, message: string): DataverseError =>
  new DataverseError(400, code, name, `A validation error occurred. ${message}`)

const cannotConvert = (table: Table, value: unknown, type: string): DataverseError =>
  badPayload(
    table.entitySetName,
    `Cannot convert the literal '${String(value)}' to the expected type '${type}'.`,
  )

const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const dateOnly = /^\d{4}-\d{2}-\d{2}$/
const selectionLimit = 150
/** SQL Server's datetime begins in 1753; the metadata's `MaxSupportedValue` is the end. */
const earliestMs = Date.UTC(1753, 0, 1)
const latestMs = Date.UTC(9999, 11, 30, 23, 59, 59, 999)

const withinRange = (ms: number): void => {
  if (ms >= earliestMs && ms <= latestMs) return
  throw refused(
    '0x80040239',
    'InvalidDateTimeFormat',
    'The date-time is outside the range that the database can hold.',
  )
}

/** What a column stores for a value in a body; `undefined` empties it. Throws the service's validation errors. */
export function coerce(
  environment: Environment,
  table: Table,
  column: Column,
  value: unknown,
): Scalar | undefined {
  if (value === null) {
    if (column.required === 'SystemRequired' && column.type !== 'boolean') {
      throw new DataverseError(
        400,
        '0x80040203',
        'InvalidArgument',
        `Attribute '${column.logicalName}' cannot be NULL`,
      )
    }
    return undefined
  }
  switch (column.type) {
    case 'text':
    case 'memo':
    case 'entityname':
      return coerceText(environment, table, column, value)
    case 'image':
      return typeof value === 'string' ? value : undefined
    case 'boolean':
    case 'managed':
      if (typeof value !== 'boolean') throw cannotConvert(table, value, 'Edm.Boolean')
      return value
    case 'choice':
    case 'state':
    case 'status':
      return coerceChoice(table, column, value)
    case 'choices':
      return coerceChoices(table, column, value)
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'double':
    case 'money':
      return coerceNumber(table, column, value)
    case 'date':
      if (typeof value !== 'string' || !dateOnly.test(value) || Number.isNaN(Date.parse(value))) {
        throw cannotConvert(table, value, 'Edm.Date')
      }
      withinRange(Date.parse(value))
      return value
    case 'datetime':
      return coerceInstant(table, value)
    case 'guid':
      if (typeof value !== 'string' || !guid.test(value)) throw cannotConvert(table, value, 'Edm.Guid')
      return value.toLowerCase()
    default:
      throw cannotConvert(table, value, 'Edm.Guid')
  }
}

function coerceText(
  environment: Environment,
  table: Table,
  column: Column,
  value: unknown,
): string | undefined {
  if (typeof value !== 'string') throw cannotConvert(table, value, 'Edm.String')
  if (column.maxLength !== undefined && value.length > column.maxLength) {
    // Two blanks after the full stop, as the service writes it.
    throw refused(
      '0x80044331',
      'StringLengthTooLong',
      ` The length of the '${column.logicalName}' attribute of the '${table.logicalName}' entity exceeded the maximum allowed length of '${column.maxLength}'.`,
    )
  }
  return value === '' && environment.behaviour.emptyText === 'null' ? undefined : value
}

function coerceChoice(table: Table, column: Column, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw cannotConvert(table, value, 'Edm.Int32')
  const values = column.options?.map((option) => option.value) ?? []
  if (values.length > 0 && !values.includes(value)) {
    throw refused(
      '0x8004431a',
      'PicklistValueOutOfRange',
      `The value ${value} of '${column.logicalName}' on record of type '${table.logicalName}' is outside the valid range. Accepted Values: ${values.join(',')}`,
    )
  }
  return value
}

function coerceChoices(table: Table, column: Column, value: unknown): string | undefined {
  if (typeof value !== 'string') throw cannotConvert(table, value, 'Edm.String')
  const values = value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number)
  if (values.length > selectionLimit) {
    throw new DataverseError(
      400,
      '0x80050222',
      'TooManySelectionsForAttributeType',
      `Number of selections for MultiSelectPicklist Attribute Type exceeded maximum limit: ${selectionLimit}.`,
    )
  }
  for (const selected of values) coerceChoice(table, column, selected)
  // The order written is not the order read.
  const sorted = [...new Set(values)].sort((left, right) => left - right)
  return sorted.length === 0 ? undefined : sorted.join(',')
}

const whole = new Set(['integer', 'bigint'])

function coerceNumber(table: Table, column: Column, value: unknown): number {
  if (typeof value !== 'number' || (whole.has(column.type) && !Number.isInteger(value))) {
    throw cannotConvert(table, value, whole.has(column.type) ? 'Edm.Int32' : 'Edm.Decimal')
  }
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = column
  if (value < min || value > max) {
    throw whole.has(column.type)
      ? refused(
          '0x8004432f',
          'IntegerValueOutOfRange',
          'An integer value provided is outside of the allowed values for this attribute.',
        )
      : refused(
          '0x80044330',
          'DecimalValueOutOfRange',
          'A decimal value provided is outside of the allowed values for this attribute.',
        )
  }
  if (column.precision === undefined) return value
  const scale = 10 ** column.precision
  return Math.round(value * scale) / scale
}

function coerceInstant(table: Table, value: unknown): string {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (Number.isNaN(ms)) throw cannotConvert(table, value, 'Edm.DateTimeOffset')
  withinRange(ms)
  // Stored to the second; a fraction is dropped.
  return toInstant(Math.floor(ms / 1000) * 1000)
}
