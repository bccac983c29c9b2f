import type { JsonObject } from './json.ts'

const comparison = /(?<![\w/])(\w+) (eq|ne|gt|ge|lt|le) ('(?:[^']|'')*'|[\w.:+-]+)/g
const textFunction = /(?:contains|startswith|endswith)\((\w+),\s*'((?:[^']|'')*)'\)/g

const onRelated = /(\w+)\/(?:any\((\w+):\2\/)?(\w+) eq ('(?:[^']|'')*'|[\w.:+-]+)/g

/** A condition on rows behind a navigation property: `primarycontactid/lastname eq 'Ek'`, `tasks/any(t:t/x eq 1)`. */
export interface RelatedCondition {
  readonly property: string
  readonly isCollection: boolean
  readonly row: JsonObject
}

export function relatedByFilter(filter: string): readonly RelatedCondition[] {
  return [...filter.matchAll(onRelated)].map(([, property = '', variable, column = '', literal = '']) => ({
    property,
    isCollection: variable !== undefined,
    row: { [column]: literalValue(literal) },
  }))
}

/** Values that satisfy the plain conditions of a `$filter`, for rows of which only other columns were recorded. */
export function impliedByFilter(filter: string): JsonObject {
  const compared = [...filter.matchAll(comparison)].flatMap(
    ([, column = '', operator = '', literal = '']) => {
      const value = satisfying(operator, literalValue(literal))
      return value === undefined ? [] : [[column, value] as const]
    },
  )
  const texts = [...filter.matchAll(textFunction)].map(
    ([, column = '', text = '']) => [column, unquoted(text)] as const,
  )
  return Object.fromEntries([...compared, ...texts])
}

type Literal = string | number | boolean | null

function satisfying(operator: string, value: Literal): string | number | boolean | undefined {
  if (operator === 'ne') return value === null ? 'x' : undefined
  if (value === null) return undefined
  if (typeof value !== 'number') return value
  return value + ({ gt: 1, lt: -1 }[operator] ?? 0)
}

function literalValue(literal: string): Literal {
  if (literal.startsWith("'")) return unquoted(literal.slice(1, -1))
  if (literal === 'null') return null
  if (literal === 'true' || literal === 'false') return literal === 'true'
  return /^-?[\d.]+$/.test(literal) ? Number(literal) : literal
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'")
}
