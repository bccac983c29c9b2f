import { type Diagnostic, maxProblems, moreProblems, problemAt } from './diagnostic.ts'

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
  /** Puts what can be read of the value where it belongs in the copy. */
  readonly put: (readable: unknown) => void
}

/** What can be read of a value from a stranger. */
export interface BoundedValue {
  readonly diagnostics: readonly Diagnostic[]
  /** A copy with `undefined` in the place of what cannot be read; absent when there is too much to read at all. */
  readonly readable?: unknown
  /** The places of what cannot be read. */
  readonly unreadable: readonly (readonly (string | number)[])[]
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

const keysOf = (step: Step | undefined): readonly (string | number)[] => {
  const keys: (string | number)[] = []
  for (let at = step; at !== undefined; at = at.before) keys.unshift(at.key)
  return keys
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
    return value.length > bounds.values ? undefined : Array.from(value, (member, index) => [index, member])
  }
  let count = 0
  for (const _key in value) {
    count += 1
    if (count > bounds.keys) return undefined
  }
  return Object.entries(value)
}

/** What is wrong with an object itself, or the members to look at next. */
const enter = (value: object, { step, depth, put }: Visit): Diagnostic | readonly Visit[] => {
  if (isInside(value, step)) return problemAt('cycle', pathOf(step), 'contains itself')
  if (depth >= bounds.depth) {
    return problemAt('too-deep', pathOf(step), `is nested more than ${bounds.depth} deep`)
  }
  const members = membersOf(value)
  if (members === undefined) {
    return problemAt('too-large', pathOf(step), 'has more members than a definition ever needs')
  }
  const copy: object = Array.isArray(value) ? [] : {}
  put(copy)
  return members.map(([key, member]) => ({
    value: member,
    step: { object: value, key, before: step },
    depth: depth + 1,
    put: (readable) => {
      Reflect.set(copy, key, readable)
    },
  }))
}

/**
 * Walks a value from a stranger without recursion and says why it cannot be a definition: cycles, depth, size,
 * keys that reach into prototypes, values that JSON does not have. The rest of it is copied, to be looked at.
 */
export const checkBounds = (input: unknown): BoundedValue => {
  const problems: Diagnostic[] = []
  const unreadable: (readonly (string | number)[])[] = []
  let readable: unknown
  const refuse = ({ step, put }: Visit, make: () => Diagnostic): void => {
    if (problems.length < maxProblems) problems.push(make())
    unreadable.push(keysOf(step))
    if (typeof step?.key !== 'string' || !poisonous.has(step.key)) put(undefined)
  }
  const put = (value: unknown): void => {
    readable = value
  }
  const stack: Visit[] = [{ value: input, step: undefined, depth: 0, put }]
  let visited = 0
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    visited += 1
    if (visited > bounds.values) {
      const tooLarge = problemAt('too-large', '', `more than ${bounds.values} values`)
      return { diagnostics: [...problems, tooLarge], unreadable }
    }
    const { value, step } = visit
    const forbidden = step?.key
    if (typeof forbidden === 'string' && poisonous.has(forbidden)) {
      refuse(visit, () => problemAt('forbidden-key', pathOf(step), `\`${forbidden}\` cannot be a name`))
      continue
    }
    const problem = refuseValue(value, () => pathOf(step))
    if (problem !== undefined) refuse(visit, () => problem)
    else if (typeof value === 'object' && value !== null) {
      const inside = enter(value, visit)
      if ('code' in inside) refuse(visit, () => inside)
      else for (const next of [...inside].reverse()) stack.push(next)
    } else visit.put(value)
  }
  return {
    diagnostics: [...problems, ...moreProblems(unreadable.length - problems.length)],
    readable,
    unreadable,
  }
}
