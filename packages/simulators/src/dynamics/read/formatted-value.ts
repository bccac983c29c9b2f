import type { Environment } from '../environment.ts'
import { isLookup } from '../schema/schema.ts'
import type { Column } from '../schema/table.ts'
import { type Row, type Scalar, tableOf } from '../store/table-store.ts'

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10 })

const labelOf = (column: Column, value: number): string | undefined =>
  column.options?.find((option) => option.value === value)?.label

const currencySymbol = (environment: Environment, row: Row): string => {
  const id = row._transactioncurrencyid_value ?? environment.ids.currency
  return String(environment.store.table('transactioncurrency').get(String(id))?.currencysymbol ?? '')
}

/** 4/7/2023 2:59 PM, the short form of en-US, in UTC. */
const dateTime = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
})
const date = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
})

/** Donot columns are the inverse of a consent: true reads "Do Not Allow". */
const booleanLabels = (column: Column): readonly [string, string] => {
  if (column.optionLabels !== undefined) return column.optionLabels
  if (column.logicalName === 'donotsendmm') return ['Send', 'Do Not Send']
  if (column.logicalName.startsWith('donot')) return ['Allow', 'Do Not Allow']
  if (column.logicalName === 'followemail') return ['Do Not Allow', 'Allow']
  return ['No', 'Yes']
}

/** What people see: labels, names of looked-up rows, dates and money in the caller's format (here en-US, UTC). */
export function formattedValue(
  environment: Environment,
  column: Column,
  value: Scalar,
  row: Row,
): string | undefined {
  if (isLookup(column)) {
    const table = environment.schema.tables.get(String(row[tableOf(column.property)] ?? ''))
    if (table === undefined) return undefined
    const target = environment.store.table(table.logicalName).get(String(value))
    const name = target?.[table.primaryName]
    return name === undefined ? undefined : String(name)
  }
  switch (column.type) {
    case 'choice':
    case 'state':
    case 'status':
      return labelOf(column, Number(value))
    case 'choices':
      return String(value)
        .split(',')
        .map((part) => labelOf(column, Number(part)) ?? part)
        .join('; ')
    case 'boolean':
      return booleanLabels(column)[value === true ? 1 : 0]
    case 'money': {
      const symbol = currencySymbol(environment, row)
      return `${symbol}${Number(value).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
    }
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'double':
      return number.format(Number(value))
    case 'datetime':
      return dateTime
        .format(new Date(String(value)))
        .replace(', ', ' ')
        .replaceAll('\u202F', ' ')
    case 'date':
      return date.format(new Date(String(value)))
    case 'entityname':
      return environment.schema.tables.get(String(value))?.label
    default:
      return undefined
  }
}
