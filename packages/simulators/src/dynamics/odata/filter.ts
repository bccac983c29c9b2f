import { own } from '../../shared/own.ts'
import { badQuery, DataverseError, unknownProperty } from '../dataverse-error.ts'
import { isLookup, type Schema } from '../schema/schema.ts'
import type { Column, Table } from '../schema/table.ts'
import type { Store } from '../store/store.ts'
import { type Row, type Scalar, tableOf } from '../store/table-store.ts'
import type { ComparisonOperator, Expression, Literal, Operand, Path } from './expression.ts'
import type { FilterContext } from './filter-context.ts'
import { comparableInstant } from './instant.ts'
import { compileQueryFunction } from './query-functions.ts'
import { fold, textMatcher } from './text-match.ts'

export type Predicate = (row: Row) => boolean

/** A value of a row, reached by a path, and the column it comes from. */
export interface Resolved {
  readonly column: Column
  readonly get: (row: Row) => Scalar | undefined
}

const conditionLimit = 500

/** Follows a path from a row of `table`: a column, or single-valued navigation properties up to a column. */
export function resolvePath(context: FilterContext, table: Table, segments: readonly string[]): Resolved {
  const [name = '', ...rest] = segments
  if (rest.length === 0) {
    const column = table.properties.get(name)
    if (column === undefined) throw unknownProperty(name, table.logicalName)
    return { column, get: (row) => own(row, name) }
  }
  const navigation = table.navigations.get(name)
  if (navigation === undefined) throw unknownProperty(name, table.logicalName)
  const { property } = navigation.column
  const targets = navigation.column.type === 'owner' ? navigation.column.targets : [navigation.target]
  const target = context.schema.tables.get(targets?.[0]?.table ?? '')
  if (target === undefined) throw unknownProperty(name, table.logicalName)
  const inner = resolvePath(context, target, rest)
  return {
    column: inner.column,
    get(row) {
      const id = row[property]
      if (typeof id !== 'string' || row[tableOf(property)] !== target.logicalName) return undefined
      const found = context.store.table(target.logicalName).get(id)
      return found === undefined ? undefined : inner.get(found)
    },
  }
}

type Family = 'text' | 'number' | 'boolean' | 'guid' | 'instant' | 'date'

const families: Readonly<Record<Column['type'], Family>> = {
  text: 'text',
  memo: 'text',
  entityname: 'text',
  choices: 'text',
  image: 'text',
  integer: 'number',
  bigint: 'number',
  decimal: 'number',
  double: 'number',
  money: 'number',
  choice: 'number',
  state: 'number',
  status: 'number',
  boolean: 'boolean',
  managed: 'boolean',
  datetime: 'instant',
  date: 'date',
  guid: 'guid',
  lookup: 'guid',
  customer: 'guid',
  owner: 'guid',
}

const edm: Readonly<Record<Family, string>> = {
  text: 'Edm.String',
  number: 'Edm.Int32',
  boolean: 'Edm.Boolean',
  guid: 'Edm.Guid',
  instant: 'Edm.DateTimeOffset',
  date: 'Edm.Date',
}

const literalFamilies: Readonly<Record<Exclude<Literal['type'], 'null'>, Family>> = {
  string: 'text',
  enum: 'text',
  guid: 'guid',
  date: 'date',
  datetime: 'instant',
  number: 'number',
  boolean: 'boolean',
}

const operatorKinds: Readonly<Record<ComparisonOperator, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
}

const negations: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'ne',
  ne: 'eq',
  gt: 'le',
  le: 'gt',
  lt: 'ge',
  ge: 'lt',
}

const holds: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
}

/** Order of two stored values of the same family: texts without regard to case. */
export function compareScalars(left: Scalar, right: Scalar): number {
  const [a, b] =
    typeof left === 'string' && typeof right === 'string' ? [fold(left), fold(right)] : [left, right]
  return a < b ? -1 : a > b ? 1 : 0
}

/** The literal as stored values of this family look, or an error when the types do not go together. */
function literalValue(literal: Exclude<Literal, { type: 'null' }>, column: Column, operator: string): Scalar {
  const wanted = families[column.type]
  const given = literalFamilies[literal.type]
  const text = String(literal.value)
  if (wanted === 'instant' && (given === 'instant' || given === 'date')) return comparableInstant(text)
  if (wanted === 'date' && given === 'date') return text
  if (wanted === 'date' && given === 'instant') return text.slice(0, 10)
  if (wanted !== given) {
    throw badQuery(
      `A binary operator with incompatible types was detected. Found operand types '${edm[wanted]}' and '${edm[given]}' for operator kind '${operator}'.`,
    )
  }
  return literal.value
}

/** Turns a `$filter` into a function of a row. Throws what Dataverse answers to names and types it cannot accept. */
export function compileFilter(expression: Expression, table: Table, context: FilterContext): Predicate {
  if (countConditions(expression) > conditionLimit) {
    throw new DataverseError(
      400,
      '0x8004430c',
      'TooManyConditionsInQuery',
      'Number of conditions in query exceeded maximum limit.',
    )
  }
  return compile(expression, { table, context, variables: new Map() }, false)
}

interface Scope {
  readonly table: Table
  readonly context: FilterContext
  /** Lambda variables and the tables they range over. */
  readonly variables: ReadonlyMap<string, Table>
}

const countConditions = (expression: Expression): number => {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return countConditions(expression.left) + countConditions(expression.right)
    case 'not':
      return countConditions(expression.operand)
    case 'lambda':
      return expression.condition === undefined ? 1 : countConditions(expression.condition)
    case 'query':
      return Math.max(1, expression.values.length)
    default:
      return 1
  }
}

/** `negated` is pushed down to the leaves, where null has its own rules: nothing compares with null but `eq null`. */
function compile(expression: Expression, scope: Scope, negated: boolean): Predicate {
  switch (expression.kind) {
    case 'not':
      return compile(expression.operand, scope, !negated)
    case 'and':
    case 'or': {
      const left = compile(expression.left, scope, negated)
      const right = compile(expression.right, scope, negated)
      return (expression.kind === 'and') === negated
        ? (row) => left(row) || right(row)
        : (row) => left(row) && right(row)
    }
    case 'compare':
      return compileComparison(
        negated ? negations[expression.operator] : expression.operator,
        expression.left,
        expression.right,
        scope,
      )
    case 'text': {
      const { get, column } = pathOf(expression.left, scope)
      if (expression.right.kind !== 'literal') throw badQuery('The second argument must be a literal.')
      if (families[column.type] !== 'text') {
        throw badQuery(
          `No function signature for the function with name '${expression.function}' matches the specified arguments.`,
        )
      }
      const matches = textMatcher(String(expression.right.value ?? ''), expression.function)
      const { notEqualFindsNull } = scope.context
      return (row) => {
        const value = get(row)
        if (value === undefined) return negated && notEqualFindsNull
        return matches(String(value)) !== negated
      }
    }
    case 'query': {
      // Query functions take logical names: `ownerid`, not `_ownerid_value`.
      const name = scope.table.columns.get(expression.property)?.property ?? expression.property
      const { get, column } = pathOf({ kind: 'path', segments: name.split('/') }, scope)
      const test = compileQueryFunction(expression.name, expression.values, column, scope.context)
      return (row) => test(get(row)) !== negated
    }
    case 'lambda':
      return compileLambda(expression, scope, negated)
  }
}

function pathOf(operand: Operand, scope: Scope): Resolved {
  if (operand.kind !== 'path') throw badQuery('A column was expected.')
  const [first = '', ...rest] = operand.segments
  return scope.variables.has(first) && rest.length > 0
    ? resolvePath(scope.context, scope.table, rest)
    : resolvePath(scope.context, scope.table, operand.segments)
}

function compileComparison(
  operator: ComparisonOperator,
  left: Operand,
  right: Operand,
  scope: Scope,
): Predicate {
  if (left.kind === 'literal') {
    if (right.kind === 'literal') throw badQuery('At least one side of a comparison must be a column.')
    const mirrored = { eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' } as const
    return compileComparison(mirrored[operator], right, left, scope)
  }
  const { get, column } = pathOf(left, scope)
  const orNull = operator === 'ne' && scope.context.notEqualFindsNull
  if (right.kind === 'path') {
    const other = pathOf(right, scope)
    return (row) => {
      const [a, b] = [get(row), other.get(row)]
      return a === undefined || b === undefined ? false : holds[operator](compareScalars(a, b))
    }
  }
  if (right.type === 'null') {
    if (operator === 'eq') return (row) => get(row) === undefined
    if (operator === 'ne') return (row) => get(row) !== undefined
    return () => false
  }
  const value = literalValue(right, column, operatorKinds[operator])
  if (families[column.type] === 'text' && (operator === 'eq' || operator === 'ne')) {
    const matches = textMatcher(String(value), 'equal')
    return (row) => {
      const found = get(row)
      return found === undefined ? orNull : matches(String(found)) === (operator === 'eq')
    }
  }
  const holdsFor = holds[operator]
  return (row) => {
    const found = get(row)
    return found === undefined ? orNull : holdsFor(compareScalars(found, value))
  }
}

function compileLambda(
  expression: Extract<Expression, { kind: 'lambda' }>,
  scope: Scope,
  negated: boolean,
): Predicate {
  const related = relatedRows(expression.path, scope)
  const test =
    expression.condition === undefined
      ? () => true
      : compile(
          expression.condition,
          {
            table: related.table,
            context: scope.context,
            variables: new Map([...scope.variables, [expression.variable, related.table]]),
          },
          false,
        )
  return expression.quantifier === 'any'
    ? (row) => related.of(row).some(test) !== negated
    : (row) => related.of(row).every(test) !== negated
}

/** Rows behind a collection-valued navigation property. */
function relatedRows(
  path: Path,
  scope: Scope,
): { readonly table: Table; readonly of: (row: Row) => readonly Row[] } {
  const { schema, store } = scope.context
  const segments = scope.variables.has(path.segments[0] ?? '') ? path.segments.slice(1) : path.segments
  const [name = ''] = segments
  if (segments.length !== 1) throw badQuery(`The path '${path.segments.join('/')}' cannot carry any or all.`)
  return relatedBy(schema, store, scope.table, name)
}

/** Follows a collection-valued navigation property, one-to-many or many-to-many. */
export function relatedBy(
  schema: Schema,
  store: Store,
  table: Table,
  name: string,
): { readonly table: Table; readonly of: (row: Row) => readonly Row[] } {
  const collection = schema.collections(table.logicalName).get(name)
  const rowsOf = (from: string, ids: readonly string[]): readonly Row[] =>
    ids.map((id) => store.table(from).get(id)).filter((row) => row !== undefined)
  if (collection !== undefined && isLookup(collection.column)) {
    const target = schema.tables.get(collection.table)
    if (target === undefined) throw unknownProperty(name, table.logicalName)
    return {
      table: target,
      of: (row) =>
        rowsOf(
          target.logicalName,
          store.table(target.logicalName).matching(collection.column.property, String(row[table.primaryId])),
        ),
    }
  }
  const pair = schema.manyToManyOf(table.logicalName, name)
  const other = pair?.relationship[pair.side === 'first' ? 'second' : 'first']
  const target = schema.tables.get(other?.table ?? '')
  if (pair === undefined || target === undefined) throw unknownProperty(name, table.logicalName)
  return {
    table: target,
    of: (row) =>
      rowsOf(
        target.logicalName,
        store.linked(pair.relationship.schemaName, String(row[table.primaryId]), pair.side),
      ),
  }
}
