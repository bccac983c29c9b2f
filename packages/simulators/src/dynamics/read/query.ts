import type { Call } from '../call.ts'
import { filterContext } from '../call.ts'
import { badQuery, badRequest, unknownProperty } from '../dataverse-error.ts'
import { compareScalars, compileFilter, type Predicate, resolvePath } from '../odata/filter.ts'
import { parseFilter } from '../odata/filter-parser.ts'
import { type Options, splitOutside } from '../odata/url.ts'
import type { Column, Table } from '../schema/table.ts'
import type { Row } from '../store/table-store.ts'

type Order = (left: Row, right: Row) => number

/** A read of a table, understood: what to show of which rows in which order. */
export interface Query {
  readonly columns: readonly Column[] | undefined
  readonly filter: Predicate | undefined
  readonly order: Order | undefined
  readonly top: number | undefined
}

/** `$select`; blanks and empty items are forgiven, unknown names are not. */
export function parseSelect(table: Table, source: string | undefined): readonly Column[] | undefined {
  if (source === undefined) return undefined
  const names = source
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.includes('*')) return undefined
  return names.map((name) => {
    const column = table.properties.get(name)
    if (column !== undefined) return column
    // A lookup may also be selected by its navigation property; then its value comes.
    const navigation = table.navigations.get(name)
    if (navigation === undefined) throw unknownProperty(name, table.logicalName)
    return navigation.column
  })
}

/** `$orderby`; empty values come first when ascending. */
function parseOrder(call: Call, table: Table, source: string | undefined): Order | undefined {
  if (source === undefined || source.trim() === '') return undefined
  const context = filterContext(call)
  const terms = source.split(',').map((term) => {
    const [path = '', direction = 'asc', ...rest] = term.trim().split(/\s+/)
    if (rest.length > 0 || !['asc', 'desc'].includes(direction)) {
      throw badQuery(`Syntax error at position ${term.length} in '${source}'.`)
    }
    const assigned = path.startsWith('@') ? (call.options[path] ?? '') : path
    const { get } = resolvePath(context, table, assigned.split('/'))
    return { get, sign: direction === 'desc' ? -1 : 1 }
  })
  return (left, right) => {
    for (const { get, sign } of terms) {
      const [a, b] = [get(left), get(right)]
      if (a === b) continue
      if (a === undefined) return -sign
      if (b === undefined) return sign
      const order = compareScalars(a, b)
      if (order !== 0) return order * sign
    }
    return 0
  }
}

const parseTop = (source: string | undefined): number | undefined => {
  if (source === undefined) return undefined
  const top = Number(source)
  if (!Number.isInteger(top) || top < 0) {
    throw badRequest(
      `Invalid value '${source}' for $top query option found. The $top query option requires a non-negative integer value.`,
    )
  }
  return top
}

export function parseQuery(call: Call, table: Table): Query {
  const { options } = call
  const expression = options.$filter
  return {
    columns: parseSelect(table, options.$select),
    filter:
      expression === undefined || expression.trim() === ''
        ? undefined
        : compileFilter(parseFilter(expression, options), table, filterContext(call)),
    order: parseOrder(call, table, options.$orderby),
    top: parseTop(options.$top),
  }
}

/** Options inside the parentheses of a `$expand`. */
export const parseInnerOptions = (source: string): Options =>
  Object.fromEntries(
    splitOutside(source, ';')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => {
        const equals = part.indexOf('=')
        return [part.slice(0, equals).trim(), part.slice(equals + 1)]
      }),
  )
