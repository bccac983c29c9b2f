import { toDate } from 'date-fns'
import {
  assertNever,
  type Bound,
  type Criterion,
  conditionsIn,
  type FieldCriterion,
  type Operand,
} from './criterion.ts'
import type { Family } from './family.ts'
import { wireName } from './predicate.ts'
import { rangeAt } from './relative.ts'

/**
 * Most conditions Dataverse takes in one query (error 0x8004430C above).
 *
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
 */
export const maxConditions = 500

/** Longest text that `Microsoft.Dynamics.CRM.In` takes. */
const maxListedText = 850

/** A text literal. Dataverse reads `%`, `_` and `[` in it as LIKE patterns, so they are put in brackets. */
const literalPattern = (text: string): string =>
  `'${text.replaceAll(/[[%_]/g, (wildcard) => `[${wildcard}]`).replaceAll("'", "''")}'`

const scalar = (family: Family, value: Operand['value'] | Bound['value']): string => {
  if (family === 'instant') return toDate(Number(value)).toISOString()
  return family === 'text' ? literalPattern(String(value)) : String(value)
}

/** A Dataverse query function with a list of values, which it wants as JSON texts. */
const listFunction = (name: string, column: string, operands: readonly Operand[]): string =>
  `Microsoft.Dynamics.CRM.${name}(PropertyName='${column}',PropertyValues=${JSON.stringify(operands.map(({ value }) => String(value)))})`

const both = (parts: readonly string[], word: 'and' | 'or'): string =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(` ${word} `)})`

const equalsAny = (family: Family, column: string, operands: readonly Operand[]): string =>
  operands.length > 2 && operands.every(({ value }) => String(value).length <= maxListedText)
    ? listFunction('In', column, operands)
    : both(
        operands.map(({ value }) => `${column} eq ${scalar(family, value)}`),
        'or',
      )

const functions = { contains: 'contains', startsWith: 'startswith', endsWith: 'endswith' } as const

/** The condition as OData, for rows in which the column is filled. */
const condition = (criterion: FieldCriterion, nowMs: number): string => {
  const column = wireName(criterion)
  switch (criterion.kind) {
    case 'isSet':
      return `${column} ne null`
    case 'oneOf':
      return equalsAny(criterion.family, column, criterion.operands)
    case 'match':
      return `${functions[criterion.how]}(${column},${literalPattern(criterion.text)})`
    case 'range': {
      const { from, to, family } = criterion
      const lower =
        from === undefined ? [] : [`${column} ${from.inclusive ? 'ge' : 'gt'} ${scalar(family, from.value)}`]
      const upper =
        to === undefined ? [] : [`${column} ${to.inclusive ? 'le' : 'lt'} ${scalar(family, to.value)}`]
      return both([...lower, ...upper], 'and')
    }
    case 'relative':
      return condition(rangeAt(criterion, nowMs), nowMs)
    case 'hasAny':
      return listFunction('ContainValues', column, criterion.operands)
    default:
      return assertNever(criterion)
  }
}

/**
 * The negated condition. SQL's logic has three values, so that neither a condition nor its negation holds on an
 * empty column; ours has two, so emptiness is spelled out.
 */
const negation = (criterion: FieldCriterion, nowMs: number): string =>
  criterion.kind === 'isSet'
    ? `${wireName(criterion)} eq null`
    : `(not (${condition(criterion, nowMs)}) or ${wireName(criterion)} eq null)`

const filter = (criterion: Criterion, nowMs: number, negated: boolean): string => {
  switch (criterion.kind) {
    case 'always':
      return negated ? 'createdon eq null' : 'createdon ne null'
    case 'and':
    case 'or': {
      const word = (criterion.kind === 'and') === negated ? 'or' : 'and'
      return both(
        criterion.criteria.map((part) => filter(part, nowMs, negated)),
        word,
      )
    }
    case 'not':
      return filter(criterion.criterion, nowMs, !negated)
    default:
      return negated ? negation(criterion, nowMs) : condition(criterion, nowMs)
  }
}

/** A criterion as OData, or why Dataverse cannot evaluate it: it is evaluated in memory then. */
export type ODataFilter =
  | { readonly ok: true; readonly filter: string | undefined }
  | { readonly ok: false; readonly reason: string }

/**
 * Writes a criterion as a `$filter` of the Dataverse Web API, at the time `nowMs`. The text is not yet
 * percent-encoded. No filter at all when there is no condition.
 */
export const toODataFilter = (criterion: Criterion, nowMs: number): ODataFilter => {
  if (criterion.kind === 'always') return { ok: true, filter: undefined }
  const conditions = conditionsIn(criterion)
  return conditions > maxConditions
    ? { ok: false, reason: `${conditions} conditions, but Dataverse takes ${maxConditions} in one query.` }
    : { ok: true, filter: filter(criterion, nowMs, false) }
}
