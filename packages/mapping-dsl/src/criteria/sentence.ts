import { assertNever, type Criterion, type FieldCriterion } from './criterion.ts'
import type { Subjects } from './parse-where.ts'

const list = (words: readonly string[], word: 'and' | 'or'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${word} ${words.at(-1)}`

const howMatched = {
  contains: ['contains', 'does not contain'],
  startsWith: ['starts with', 'does not start with'],
  endsWith: ['ends with', 'does not end with'],
} as const

const whenRelative = {
  inLast: 'is in the last',
  inNext: 'is in the next',
  olderThan: 'is longer ago than',
} as const

const clause = (criterion: FieldCriterion, negated: boolean): string => {
  switch (criterion.kind) {
    case 'isSet':
      return negated ? 'is empty' : 'is filled in'
    case 'oneOf':
      return `${negated ? 'is not' : 'is'} ${list(
        criterion.operands.map(({ shown }) => shown),
        'or',
      )}`
    case 'match':
      return `${howMatched[criterion.how][negated ? 1 : 0]} “${criterion.text}”`
    case 'range':
      return negated ? criterion.shown.replace(/^is /, 'is not ') : criterion.shown
    case 'relative': {
      const unit = criterion.amount === 1 ? criterion.unit.slice(0, -1) : criterion.unit
      const words = `${whenRelative[criterion.how]} ${criterion.amount} ${unit}`
      return negated ? words.replace(/^is /, 'is not ') : words
    }
    case 'hasAny':
      return `${negated ? 'has none of' : 'has'} ${list(
        criterion.operands.map(({ shown }) => shown),
        negated ? 'and' : 'or',
      )}`
    default:
      return assertNever(criterion)
  }
}

const phrase = (
  criterion: Criterion,
  nameOf: (field: string) => string,
  negated: boolean,
  inner: boolean,
): string => {
  switch (criterion.kind) {
    case 'always':
      return negated ? 'nothing' : 'anything'
    case 'and':
    case 'or': {
      const word = (criterion.kind === 'and') === negated ? 'or' : 'and'
      const parts = criterion.criteria.map((part) => phrase(part, nameOf, negated, true))
      return inner && parts.length > 1 ? `(${parts.join(` ${word} `)})` : parts.join(` ${word} `)
    }
    case 'not':
      return phrase(criterion.criterion, nameOf, !negated, inner)
    default:
      return `${nameOf(criterion.field)} ${clause(criterion, negated)}`
  }
}

/** A criterion in English, such as `contacts where statecode is “Active”`. */
export const toSentence = (things: string, criterion: Criterion, subjects: Subjects): string =>
  criterion.kind === 'always'
    ? `all ${things}`
    : `${things} where ${phrase(criterion, (field) => subjects[field]?.label ?? field, false, false)}`
