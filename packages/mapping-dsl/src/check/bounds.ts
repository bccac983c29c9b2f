import { type Diagnostic, problemAt } from './diagnostic.ts'

/** What a definition may come to; far above what people write, far below what hurts. */
const bounds = { depth: 40, values: 50_000, text: 20_000, keys: 1_000 } as const

const poisonous = new Set(['__proto__', 'constructor', 'prototype'])

/** A way from the whole to a value: the object it is in, and under which key. */
interface Step {
  readonly object: object
  readonly key: string | number
  readonly before: Step | undefined
}

interface Visit {
  readonly value: unknown
  readonly step: Step | undefined
  readonly depth: number
}

const isInside = (object: object, step: Step | undefined): boolean => {
  for (let at = step; at !== undefined; at = at.before) if (at.object === object) return true
  return false
}

/** Made only for what has a problem: most values have none. */
const pathOf = (step: Step | undefined): string => {
  let path = ''
  for (let at = step; at !== undefined; at = at.before) {
    const key = typeof at.key === 'number' ? `[${at.key}]` : at.key.slice(0, 60)
    path = path === '' || path.startsWith('[') ? key + path : `${key}.${path}`
  }
  return path.slice(0, 500)
}

/** JSON's own kinds of object; a `Map` or a class instance would look empty. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || prototype === Object.prototype
}

const refuseValue = (value: unknown, path: () => string): Diagnostic | undefined => {
  switch (typeof value) {
    case 'string':
      return value.length > bounds.text
        ? problemAt(
            'too-large',
            path(),
            `a text of ${value.length} characters; at most ${bounds.text} are read`,
          )
        : undefined
    case 'number':
      return Number.isFinite(value) ? undefined : problemAt('not-json', path(), `${value} is no JSON number`)
    case 'undefined':
      return problemAt('undefined-value', path(), 'is undefined: leave it out, or say what is meant')
    case 'function':
    case 'symbol':
    case 'bigint':
      return problemAt(
        'not-json',
        path(),
        `a ${typeof value} cannot be part of a definition, which is plain JSON`,
      )
    case 'object':
      return value === null || isPlain(value)
        ? undefined
        : problemAt('not-json', path(), 'is no plain object: a definition is plain JSON')
    case 'boolean':
      return undefined
  }
}

/** The members of an object, or `undefined` when there are more than may be; they are not all counted then. */
const membersOf = (value: object): readonly (readonly [string | number, unknown])[] | undefined => {
  if (Array.isArray(value)) {
    return value.length > bounds.values ? undefined : value.map((member, index) => [index, member])
  }
  let count = 0
  for (const _key in value) {
    count += 1
    if (count > bounds.keys) return undefined
  }
  return Object.entries(value)
}

/** What is wrong with an object itself, or the members to look at next. */
const enter = (value: object, { step, depth }: Visit): Diagnostic | readonly Visit[] => {
  if (isInside(value, step)) return problemAt('cycle', pathOf(step), 'contains itself')
  if (depth >= bounds.depth) {
    return problemAt('too-deep', pathOf(step), `is nested more than ${bounds.depth} deep`)
  }
  const members = membersOf(value)
  if (members === undefined) {
    return problemAt('too-large', pathOf(step), 'has more members than a definition ever needs')
  }
  return members.map(([key, member]) => ({
    value: member,
    step: { object: value, key, before: step },
    depth: depth + 1,
  }))
}

/**
 * Walks a value from a stranger without recursion and says why it cannot be a definition: cycles, depth, size,
 * keys that reach into prototypes, values that JSON does not have. Stops at the first hundred problems.
 */
export const checkBounds = (input: unknown): readonly Diagnostic[] => {
  const problems: Diagnostic[] = []
  const stack: Visit[] = [{ value: input, step: undefined, depth: 0 }]
  let visited = 0
  for (let visit = stack.pop(); visit !== undefined && problems.length < 100; visit = stack.pop()) {
    visited += 1
    if (visited > bounds.values) {
      return [...problems, problemAt('too-large', '', `more than ${bounds.values} values`)]
    }
    const { value, step } = visit
    if (typeof step?.key === 'string' && poisonous.has(step.key)) {
      problems.push(problemAt('forbidden-key', pathOf(step), `\`${step.key}\` cannot be a name`))
      continue
    }
    const problem = refuseValue(value, () => pathOf(step))
    if (problem !== undefined) problems.push(problem)
    else if (typeof value === 'object' && value !== null) {
      const inside = enter(value, visit)
      if ('code' in inside) problems.push(inside)
      else for (const next of [...inside].reverse()) stack.push(next)
    }
  }
  return problems
}
