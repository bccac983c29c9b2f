import { badQuery } from '../dataverse-error.ts'
import type { Column } from '../schema/table.ts'
import type { Scalar } from '../store/table-store.ts'
import { type DateRange, dateRange, fiscalRange } from './date-range.ts'
import type { FilterContext } from './filter-context.ts'
import { comparableInstant, toDate, toInstant } from './instant.ts'
import { fold } from './text-match.ts'

type Test = (value: Scalar | undefined) => boolean
type Value = string | number | boolean | null

/** Values in lists are often texts, whatever the column holds: `["5","2000"]`. */
export const normalised = (value: Scalar | Value, column: Column): Scalar => {
  if (value === null) return ''
  if (column.type === 'datetime') return comparableInstant(String(value))
  if (typeof value !== 'string') return value
  if (['text', 'memo', 'date', 'choices', 'entityname', 'image'].includes(column.type)) return fold(value)
  if (column.type === 'boolean') return value === 'true' || value === '1'
  if (column.property.endsWith('_value') || column.type === 'guid') return value.toLowerCase()
  return Number(value)
}

const inList = (column: Column, values: readonly Value[]): Test => {
  const wanted = new Set(values.map((value) => normalised(value, column)))
  return (value) => value !== undefined && wanted.has(normalised(value, column))
}

const between = (column: Column, [low = null, high = null]: readonly Value[]): Test => {
  const [from, to] = [normalised(low, column), normalised(high, column)]
  return (value) => {
    if (value === undefined) return false
    const comparable = normalised(value, column)
    return comparable >= from && comparable <= to
  }
}

const withSelections = (values: readonly Value[]): Test => {
  const wanted = new Set(values.map(String))
  return (value) =>
    value !== undefined &&
    String(value)
      .split(',')
      .some((part) => wanted.has(part))
}

const inRange = (column: Column, { from, to }: DateRange): Test => {
  const write = column.type === 'date' ? toDate : toInstant
  // A date has no time of day: the range's last, unfinished day belongs to it.
  const [low, high] = [from, to].map((ms) => (ms === undefined ? undefined : write(ms)))
  const wholeDays = column.type === 'date' && to !== undefined && to % 86_400_000 !== 0
  return (value) =>
    value !== undefined &&
    (low === undefined || value >= low) &&
    (high === undefined || (wholeDays ? value <= high : value < high))
}

const isSubDay = (name: string): boolean => /X(?:Minutes|Hours)$/.test(name)

/** Turns one `Microsoft.Dynamics.CRM.*` query function into a test of the column's value. */
export function compileQueryFunction(
  name: string,
  values: readonly Value[],
  column: Column,
  { caller, now }: FilterContext,
): Test {
  const not =
    (test: Test): Test =>
    (value) =>
      !test(value)
  switch (name) {
    case 'In':
      return inList(column, values)
    case 'NotIn':
      return not(inList(column, values))
    case 'Between':
      return between(column, values)
    case 'NotBetween':
      return not(between(column, values))
    case 'ContainValues':
      return withSelections(values)
    case 'DoesNotContainValues':
      return not(withSelections(values))
    case 'EqualUserId':
      return (value) => value === caller.userId
    case 'NotEqualUserId':
      return (value) => value !== caller.userId
    case 'EqualUserTeams':
      return inList(column, caller.teamIds)
    case 'EqualUserOrUserTeams':
    case 'EqualUserOrUserHierarchy':
    case 'EqualUserOrUserHierarchyAndTeams':
      return inList(column, [caller.userId, ...caller.teamIds])
    case 'EqualBusinessId':
      return (value) => value === caller.businessUnitId
    case 'NotEqualBusinessId':
      return (value) => value !== caller.businessUnitId
    case 'EqualUserLanguage':
      return (value) => value === 1033
    default:
      return compileDateFunction(name, values, column, now)
  }
}

function compileDateFunction(name: string, values: readonly Value[], column: Column, now: number): Test {
  if (column.type !== 'datetime' && column.type !== 'date') throw unknownFunction(name)
  if (column.type === 'date' && isSubDay(name)) {
    throw badQuery(`The operator ${name} is not valid for the DateOnly column '${column.logicalName}'.`)
  }
  if (name === 'InFiscalPeriod') {
    return (value) =>
      value !== undefined && Math.floor((Number(String(value).slice(5, 7)) + 2) / 3) === Number(values[0])
  }
  const range = dateRange(name, values[0], now) ?? fiscalRange(name, values)
  if (range === undefined) throw unknownFunction(name)
  return inRange(column, range)
}

const unknownFunction = (name: string): Error =>
  badQuery(`An unknown function with name 'Microsoft.Dynamics.CRM.${name}' was found.`)
