import type { Family } from './family.ts'

/** A value of a condition: as the service's wire has it, and as people read it. */
export interface Operand {
  readonly value: string | number | boolean
  readonly shown: string
}

/** A span of time, counted from now. */
export type TimeUnit = 'hours' | 'days' | 'weeks' | 'months' | 'years'

interface OnField {
  /** Column or field name. */
  readonly field: string
  readonly family: Family
}

interface AlwaysCriterion {
  readonly kind: 'always'
}

interface AllCriterion {
  readonly kind: 'and' | 'or'
  readonly criteria: readonly Criterion[]
}

interface NotCriterion {
  readonly kind: 'not'
  readonly criterion: Criterion
}

interface SetCriterion extends OnField {
  readonly kind: 'isSet'
}

/** Equal to one of the operands. */
interface OneOfCriterion extends OnField {
  readonly kind: 'oneOf'
  readonly operands: readonly Operand[]
}

interface MatchCriterion extends OnField {
  readonly kind: 'match'
  readonly how: 'contains' | 'startsWith' | 'endsWith'
  readonly text: string
}

/** Within bounds; a missing bound is open. `shown` is the operator's phrase for people. */
export interface RangeCriterion extends OnField {
  readonly kind: 'range'
  readonly from?: Bound
  readonly to?: Bound
  readonly shown: string
}

export interface Bound {
  readonly value: number | string
  readonly inclusive: boolean
}

/** At least one of several options is chosen. */
interface HasAnyCriterion extends OnField {
  readonly kind: 'hasAny'
  readonly operands: readonly Operand[]
}

/** Within a span of time before or after now, or longer ago than it. */
export interface RelativeCriterion extends OnField {
  readonly kind: 'relative'
  readonly how: 'inLast' | 'inNext' | 'olderThan'
  readonly amount: number
  readonly unit: TimeUnit
}

/** A condition on a named field. */
export type FieldCriterion =
  | SetCriterion
  | OneOfCriterion
  | MatchCriterion
  | RangeCriterion
  | HasAnyCriterion
  | RelativeCriterion

/**
 * What a record must meet, as immutable data with literal kinds. Its logic has two values: a condition on an
 * empty field does not hold (except that it is empty), and `not` turns exactly that around.
 */
export type Criterion = AlwaysCriterion | AllCriterion | NotCriterion | FieldCriterion

/** For the end of an exhaustive switch: a new kind fails to compile here. */
export const assertNever = (value: never): never => {
  throw new TypeError(`Unexpected ${JSON.stringify(value)}`)
}

/** How many conditions a criterion counts; a list counts each of its values. */
export const conditionsIn = (criterion: Criterion): number => {
  switch (criterion.kind) {
    case 'always':
      return 0
    case 'and':
    case 'or':
      return criterion.criteria.reduce((sum, part) => sum + conditionsIn(part), 0)
    case 'not':
      return conditionsIn(criterion.criterion)
    case 'oneOf':
    case 'hasAny':
      return criterion.operands.length
    case 'isSet':
    case 'match':
    case 'range':
    case 'relative':
      return 1
    default:
      return assertNever(criterion)
  }
}
