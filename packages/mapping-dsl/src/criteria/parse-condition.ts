import { type Diagnostic, nearest, problemAt } from '../check/diagnostic.ts'
import type { Bound, Criterion, Operand, TimeUnit } from './criterion.ts'
import { type Family, families, type Operator, operators, type Subject } from './family.ts'
import { readOperand } from './operand.ts'

/** Where a condition stands, and the diagnostics found so far. */
export interface ConditionContext {
  readonly field: string
  readonly subject: Subject
  readonly path: string
  readonly report: (diagnostic: Diagnostic) => void
}

/** What a condition with a problem is read as; the problem keeps the criterion from being used. */
const unusable: Criterion = { kind: 'always' }

const refuse = (context: ConditionContext, code: string, message: string, suggestion?: string): Criterion => {
  context.report(problemAt(code, context.path, `\`${context.field}\` ${message}`, suggestion))
  return unusable
}

const operandsOf = (context: ConditionContext, raw: unknown): readonly Operand[] | undefined => {
  const values: readonly unknown[] = Array.isArray(raw) ? raw : [raw]
  if (values.length === 0) {
    refuse(context, 'empty-list', 'is compared with an empty list: no record could meet this')
    return undefined
  }
  const operands = values.flatMap((value) => {
    const result = readOperand(context.subject, value)
    if (result.ok) return [result.operand]
    const suggestion = typeof value === 'string' ? nearest(value, result.candidates ?? []) : undefined
    refuse(context, value === undefined ? 'undefined-value' : 'wrong-operand', result.message, suggestion)
    return []
  })
  return operands.length === values.length ? operands : undefined
}

const about = ({ field, subject }: ConditionContext) => ({ field, family: families[subject.type] })

const not = (criterion: Criterion): Criterion => ({ kind: 'not', criterion })

const isSet = (context: ConditionContext): Criterion => ({ kind: 'isSet', ...about(context) })

const oneOf = (context: ConditionContext, raw: unknown): Criterion => {
  if (raw === null) return not(isSet(context))
  const operands = operandsOf(context, raw)
  return operands === undefined ? unusable : { kind: 'oneOf', ...about(context), operands }
}

const listOnly = (context: ConditionContext, raw: unknown, make: () => Criterion): Criterion =>
  Array.isArray(raw) ? make() : refuse(context, 'wrong-operand', 'expects a list of values')

const hasAny = (context: ConditionContext, raw: unknown): Criterion =>
  listOnly(context, raw, () => {
    const operands = operandsOf(context, raw)
    return operands === undefined ? unusable : { kind: 'hasAny', ...about(context), operands }
  })

type Edge = 'from' | 'to'

const range = (
  context: ConditionContext,
  edge: Edge,
  inclusive: boolean,
  words: string,
  raw: unknown,
): Criterion => {
  const operand = Array.isArray(raw) ? undefined : operandsOf(context, raw)?.[0]
  if (operand === undefined || typeof operand.value === 'boolean') {
    return Array.isArray(raw) ? refuse(context, 'wrong-operand', 'expects one value') : unusable
  }
  const bound: Bound = { value: operand.value, inclusive }
  return { kind: 'range', ...about(context), [edge]: bound, shown: `${words} ${operand.shown}` }
}

const between = (context: ConditionContext, raw: unknown): Criterion => {
  if (!Array.isArray(raw) || raw.length !== 2) return refuse(context, 'wrong-operand', 'expects two values')
  const [from, to] = operandsOf(context, raw) ?? []
  if (from === undefined || to === undefined) return unusable
  if (typeof from.value === 'boolean' || typeof to.value === 'boolean') return unusable
  if (from.value > to.value)
    return refuse(
      context,
      'empty-range',
      `is between ${from.shown} and ${to.shown}: no record could meet this`,
    )
  return {
    kind: 'range',
    ...about(context),
    from: { value: from.value, inclusive: true },
    to: { value: to.value, inclusive: true },
    shown: `is between ${from.shown} and ${to.shown}`,
  }
}

const units: readonly TimeUnit[] = ['hours', 'days', 'weeks', 'months', 'years']

const relative = (
  context: ConditionContext,
  how: 'inLast' | 'inNext' | 'olderThan',
  raw: unknown,
): Criterion => {
  const entries = typeof raw === 'object' && raw !== null ? Object.entries(raw) : []
  const unit = units.find((candidate) => candidate === entries[0]?.[0])
  const amount: unknown = entries[0]?.[1]
  if (entries.length === 1 && amount === undefined) {
    return refuse(context, 'undefined-value', 'has a span of time that is undefined: say how long')
  }
  if (
    entries.length !== 1 ||
    unit === undefined ||
    !Number.isInteger(amount) ||
    Number(amount) < 1 ||
    Number(amount) > 10_000
  ) {
    return refuse(context, 'wrong-operand', 'expects one span of time, such as { days: 30 }')
  }
  if (unit === 'hours' && about(context).family === 'day') {
    return refuse(context, 'wrong-operand', 'is a day and knows no hours')
  }
  return { kind: 'relative', ...about(context), how, amount: Number(amount), unit }
}

const match = (
  context: ConditionContext,
  how: 'contains' | 'startsWith' | 'endsWith',
  raw: unknown,
): Criterion => {
  const operand = Array.isArray(raw) ? undefined : operandsOf(context, raw)?.[0]
  if (operand === undefined)
    return Array.isArray(raw) ? refuse(context, 'wrong-operand', 'expects one text') : unusable
  return { kind: 'match', ...about(context), how, text: String(operand.value) }
}

const presence = (context: ConditionContext, raw: unknown): Criterion => {
  if (typeof raw !== 'boolean') return refuse(context, 'wrong-operand', 'expects true or false for `isSet`')
  return raw ? isSet(context) : not(isSet(context))
}

const single = (context: ConditionContext, raw: unknown): Criterion =>
  Array.isArray(raw)
    ? refuse(context, 'wrong-operand', 'expects one value: say `in` for a list')
    : oneOf(context, raw)

const readers: Readonly<Record<Operator, (context: ConditionContext, raw: unknown) => Criterion>> = {
  equals: single,
  not: (context, raw) => not(single(context, raw)),
  in: (context, raw) => listOnly(context, raw, () => oneOf(context, raw)),
  notIn: (context, raw) => listOnly(context, raw, () => not(oneOf(context, raw))),
  isSet: presence,
  contains: (context, raw) => match(context, 'contains', raw),
  startsWith: (context, raw) => match(context, 'startsWith', raw),
  endsWith: (context, raw) => match(context, 'endsWith', raw),
  gt: (context, raw) => range(context, 'from', false, 'is more than', raw),
  gte: (context, raw) => range(context, 'from', true, 'is at least', raw),
  lt: (context, raw) => range(context, 'to', false, 'is less than', raw),
  lte: (context, raw) => range(context, 'to', true, 'is at most', raw),
  after: (context, raw) => range(context, 'from', false, 'is after', raw),
  onOrAfter: (context, raw) => range(context, 'from', true, 'is on or after', raw),
  before: (context, raw) => range(context, 'to', false, 'is before', raw),
  onOrBefore: (context, raw) => range(context, 'to', true, 'is on or before', raw),
  between,
  hasAny,
  hasNone: (context, raw) => not(hasAny(context, raw)),
  inLast: (context, raw) => relative(context, 'inLast', raw),
  inNext: (context, raw) => relative(context, 'inNext', raw),
  olderThan: (context, raw) => relative(context, 'olderThan', raw),
}

const operatorsOf = (family: Family): readonly Operator[] => operators[family]

const readOperator = (context: ConditionContext, name: string, raw: unknown): Criterion => {
  const allowed = operatorsOf(families[context.subject.type])
  const operator = allowed.find((candidate) => candidate === name)
  if (operator === undefined) {
    const message = `(${context.subject.type}) has no operator \`${name.slice(0, 60)}\`: use ${allowed.join(', ')}`
    return refuse(context, 'unknown-operator', message, nearest(name, allowed))
  }
  if (raw === undefined)
    return refuse(
      context,
      'undefined-value',
      `has \`${name}: undefined\`: leave the condition out, or say what is meant`,
    )
  return readers[operator](context, raw)
}

/** Reads what is said about one field: a plain value, `null`, or operators that must all hold. */
export const parseCondition = (context: ConditionContext, raw: unknown): readonly Criterion[] => {
  if (raw === undefined) {
    return [
      refuse(
        context,
        'undefined-value',
        'is compared with undefined: leave the condition out, or say `isSet: false`',
      ),
    ]
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return [readOperator(context, raw === null ? 'isSet' : 'equals', raw === null ? false : raw)]
  }
  const entries = Object.entries(raw)
  return entries.length === 0
    ? [refuse(context, 'empty-condition', 'has a condition that says nothing')]
    : entries.map(([name, value]) => readOperator(context, name, value))
}
