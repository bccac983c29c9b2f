import { read } from '../codec/codec.ts'
import { parseDecimal } from '../codec/decimal.ts'
import { emptyForms, splitBars } from '../codec/field-codec.ts'
import { bareAmount } from '../codec/money-text.ts'
import { dayText, fold, instantText } from '../codec/text-codecs.ts'
import { type Fields, type FieldValue, isBlank } from '../codec/value.ts'
import { assertNever, type Criterion, type FieldCriterion } from './criterion.ts'
import type { Family } from './family.ts'
import { rangeAt } from './relative.ts'

/** A criterion compiled to closures: nothing is interpreted per record. */
export type Predicate = (fields: Fields, nowMs: number) => boolean

type Comparable = string | number | boolean

/** Dataverse compares text without regard to case; SQL's `=` does not see trailing blanks. */
const foldText = (text: string): string => text.toLowerCase().trimEnd()

const textOf = (value: FieldValue): string => (typeof value === 'string' ? value : String(value))

/** How a family's values are read off either service's wire, to be compared. */
const comparable: Readonly<Record<Family, (value: FieldValue) => Comparable | undefined>> = {
  text: (value) => foldText(textOf(value)),
  number: (value) => {
    const decimal = typeof value === 'number' ? String(value) : parseDecimal(textOf(bareAmount(value)))
    return decimal === undefined ? undefined : Number(decimal)
  },
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  option: (value) => (typeof value === 'number' ? value : fold(textOf(value))),
  options: (value) => textOf(value),
  day: (value) => {
    const day = read(dayText, textOf(value))
    return day._tag === 'Right' ? day.right : undefined
  },
  instant: (value) => {
    const instant = read(instantText, textOf(value))
    return instant._tag === 'Right' ? instant.right : undefined
  },
  reference: (value) => textOf(value).toLowerCase(),
  id: (value) => textOf(value).toLowerCase(),
}

/** The wanted side of a comparison, in the form that {@link comparable} gives a record's value. */
const wanted = (family: Family, value: Comparable): Comparable => {
  if (typeof value !== 'string') return value
  return family === 'text' ? foldText(value) : family === 'option' ? fold(value) : value
}

/** The options a record holds: `"1,9"` and numbers in D365, bars or arrays of names in ActiveCampaign. */
const optionsHeld = (value: FieldValue): readonly string[] => {
  if (Array.isArray(value)) return value.map((item) => fold(String(item)))
  const text = textOf(value)
  return (text.includes('|') ? splitBars(text) : /^[\d,\s]+$/.test(text) ? text.split(',') : [text]).map(fold)
}

/** Lookups keep their id under the name that OData gives it. */
export const wireName = (criterion: FieldCriterion): string =>
  criterion.family === 'reference' ? `_${criterion.field}_value` : criterion.field

type Test = (value: FieldValue, nowMs: number) => boolean

const rangeTest = (criterion: Extract<FieldCriterion, { kind: 'range' }>): Test => {
  const { from, to } = criterion
  const measure = comparable[criterion.family]
  return (raw) => {
    const value = measure(raw)
    if (value === undefined) return false
    if (from !== undefined && !(from.inclusive ? value >= from.value : value > from.value)) return false
    return to === undefined || (to.inclusive ? value <= to.value : value < to.value)
  }
}

const testOf = (criterion: FieldCriterion): Test => {
  switch (criterion.kind) {
    case 'isSet':
      return () => true
    case 'oneOf': {
      const measure = comparable[criterion.family]
      const values = new Set(criterion.operands.map(({ value }) => wanted(criterion.family, value)))
      return (raw) => {
        const value = measure(raw)
        return value !== undefined && values.has(value)
      }
    }
    case 'match': {
      const text = criterion.text.toLowerCase()
      const { how } = criterion
      return (raw) => {
        const value = textOf(raw).toLowerCase()
        return how === 'contains'
          ? value.includes(text)
          : how === 'startsWith'
            ? value.startsWith(text)
            : value.endsWith(text)
      }
    }
    case 'range':
      return rangeTest(criterion)
    case 'relative':
      return (raw, nowMs) => rangeTest(rangeAt(criterion, nowMs))(raw, nowMs)
    case 'hasAny': {
      const values = new Set(criterion.operands.map(({ value }) => fold(String(value))))
      return (raw) => optionsHeld(raw).some((value) => values.has(value))
    }
    default:
      return assertNever(criterion)
  }
}

/** Forms of "nothing" that only some families have; a text may well be a bar. */
const emptyForm: Readonly<Partial<Record<Family, RegExp>>> = {
  options: emptyForms.many,
  day: emptyForms.date,
  instant: emptyForms.date,
}

/** Compiles a criterion to a predicate over a record's wire values. A missing field counts as empty. */
export const compilePredicate = (criterion: Criterion): Predicate => {
  switch (criterion.kind) {
    case 'always':
      return () => true
    case 'and': {
      const parts = criterion.criteria.map(compilePredicate)
      return (fields, nowMs) => parts.every((part) => part(fields, nowMs))
    }
    case 'or': {
      const parts = criterion.criteria.map(compilePredicate)
      return (fields, nowMs) => parts.some((part) => part(fields, nowMs))
    }
    case 'not': {
      const part = compilePredicate(criterion.criterion)
      return (fields, nowMs) => !part(fields, nowMs)
    }
    default: {
      const name = wireName(criterion)
      const test = testOf(criterion)
      const empty = emptyForm[criterion.family]
      return (fields, nowMs) => {
        const value = fields[name]
        if (value === undefined || isBlank(value)) return false
        return !(typeof value === 'string' && empty?.test(value)) && test(value, nowMs)
      }
    }
  }
}
