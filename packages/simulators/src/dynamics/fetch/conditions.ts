import { own } from '../../shared/own.ts'
import { badRequest, DataverseError } from '../dataverse-error.ts'
import type { FilterContext } from '../odata/filter-context.ts'
import { compileQueryFunction, normalised } from '../odata/query-functions.ts'
import { textMatcher } from '../odata/text-match.ts'
import type { Column, Table } from '../schema/table.ts'
import type { Row, Scalar } from '../store/table-store.ts'
import type { Element } from './xml.ts'

type Test = (value: Scalar | undefined) => boolean

/** A column of a table by its logical name, the only names that FetchXML knows. */
export function columnNamed(table: Table, name: string | undefined): Column {
  const column = table.columns.get(name ?? '')
  if (column !== undefined) return column
  throw new DataverseError(
    400,
    '0x80041103',
    'QueryBuilderNoAttribute',
    `'${table.logicalName}' entity doesn't contain attribute with Name = '${name ?? ''}' and NameMapping = 'Logical'.`,
  )
}

const renamed: Readonly<Partial<Record<string, string>>> = {
  'eq-userid': 'EqualUserId',
  'ne-userid': 'NotEqualUserId',
  'eq-userteams': 'EqualUserTeams',
  'eq-useroruserteams': 'EqualUserOrUserTeams',
  'eq-businessid': 'EqualBusinessId',
  'ne-businessid': 'NotEqualBusinessId',
  'contain-values': 'ContainValues',
  'not-contain-values': 'DoesNotContainValues',
  'last-seven-days': 'Last7Days',
  'next-seven-days': 'Next7Days',
}

/** `last-x-days` is what OData calls `LastXDays`. */
const functionName = (operator: string): string =>
  own(renamed, operator) ??
  operator.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())

const ordered: Readonly<Partial<Record<string, (left: Scalar, right: Scalar) => boolean>>> = {
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
}

const patterns: Readonly<Partial<Record<string, 'equal' | 'startswith' | 'endswith'>>> = {
  like: 'equal',
  'begins-with': 'startswith',
  'ends-with': 'endswith',
}
const opposites: Readonly<Partial<Record<string, string>>> = {
  'not-like': 'like',
  'not-begin-with': 'begins-with',
  'not-end-with': 'ends-with',
  ne: 'eq',
  neq: 'eq',
  'not-null': 'null',
}

function compileTest(
  operator: string,
  values: readonly string[],
  column: Column,
  context: FilterContext,
): Test {
  const opposite = own(opposites, operator)
  if (opposite !== undefined) {
    const test = compileTest(opposite, values, column, context)
    return (value) => (value === undefined && opposite !== 'null' ? context.notEqualFindsNull : !test(value))
  }
  const [first = ''] = values
  if (operator === 'null') return (value) => value === undefined
  if (operator === 'eq') return compileQueryFunction('In', [first], column, context)
  const pattern = own(patterns, operator)
  if (pattern !== undefined) {
    const matches = textMatcher(first, pattern)
    return (value) => value !== undefined && matches(String(value))
  }
  const compare = own(ordered, operator)
  if (compare !== undefined) {
    const wanted = normalised(first, column)
    return (value) => value !== undefined && compare(normalised(value, column), wanted)
  }
  return compileQueryFunction(functionName(operator), values, column, context)
}

/** A `filter` element as a test of a row. */
export function compileFetchFilter(
  filter: Element,
  table: Table,
  context: FilterContext,
): (row: Row) => boolean {
  const tests = filter.children.map((child) => {
    if (child.name === 'filter') return compileFetchFilter(child, table, context)
    if (child.name !== 'condition')
      throw badRequest(`Invalid Child Node, valid nodes are filter, condition: ${child.name}.`)
    const column = columnNamed(table, child.attributes.attribute)
    const { operator = 'eq', value } = child.attributes
    const values = value === undefined ? child.children.map(({ text }) => text.trim()) : [value]
    const test = compileTest(operator, values, column, context)
    return (row: Row): boolean => test(own(row, column.property))
  })
  return filter.attributes.type === 'or'
    ? (row) => tests.length === 0 || tests.some((test) => test(row))
    : (row) => tests.every((test) => test(row))
}
