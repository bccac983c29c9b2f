import { type Diagnostic, problemAt } from './diagnostic.ts'

/** What a definition may come to; far above what people write, far below what hurts. */
const bounds = { depth: 40, values: 50_000, text: 20_000, keys: 1_000 } as const

const poisonous = new Set(['__proto__', 'constructor', 'prototype'])

interface Visit {
  readonly value: unknown
  readonly path: string
  readonly depth: number
  /** The objects this one is in, by which a cycle is known. */
  readonly within: Within | undefined
}

interface Within {
  readonly object: object
  readonly within: Within | undefined
}

const isInside = (object: object, within: Within | undefined): boolean => {
  for (let at = within; at !== undefined; at = at.within) if (at.object === object) return true
  return false
}

const keyPath = (path: string, key: string): string => {
  const shown = key.slice(0, 60)
  return path === '' ? shown : `${path}.${shown}`
}

/** JSON's own kinds of object; a `Map` or a class instance would look empty. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || prototype === Object.prototype
}

const refuseValue = ({ value, path }: Visit): Diagnostic | undefined => {
  switch (typeof value) {
    case 'string':
      return value.length > bounds.text
        ? problemAt(
            'too-large',
            path,
            `a text of ${value.length} characters; at most ${bounds.text} are read`,
          )
        : undefined
    case 'number':
      return Number.isFinite(value) ? undefined : problemAt('not-json', path, `${value} is no JSON number`)
    case 'undefined':
      return problemAt('undefined-value', path, 'is undefined: leave it out, or say what is meant')
    case 'function':
    case 'symbol':
    case 'bigint':
      return problemAt(
        'not-json',
        path,
        `a ${typeof value} cannot be part of a definition, which is plain JSON`,
      )
    case 'object':
      return value === null || isPlain(value)
        ? undefined
        : problemAt('not-json', path, 'is no plain object: a definition is plain JSON')
    case 'boolean':
      return undefined
  }
}

/**
 * Walks a value from a stranger without recursion and says why it cannot be a definition: cycles, depth, size,
 * keys that reach into prototypes, values that JSON does not have. Stops at the first hundred problems.
 */
export const checkBounds = (input: unknown): readonly Diagnostic[] => {
  const problems: Diagnostic[] = []
  const stack: Visit[] = [{ value: input, path: '', depth: 0, within: undefined }]
  let visited = 0
  for (let visit = stack.pop(); visit !== undefined && problems.length < 100; visit = stack.pop()) {
    visited += 1
    if (visited > bounds.values) {
      return [...problems, problemAt('too-large', '', `more than ${bounds.values} values`)]
    }
    const problem = refuseValue(visit)
    if (problem !== undefined) problems.push(problem)
    const { value, path, depth, within } = visit
    if (typeof value !== 'object' || value === null) continue
    if (isInside(value, within)) {
      problems.push(problemAt('cycle', path, 'contains itself'))
      continue
    }
    if (depth >= bounds.depth) {
      problems.push(problemAt('too-deep', path.slice(0, 200), `is nested more than ${bounds.depth} deep`))
      continue
    }
    const entries = Object.entries(value)
    if (!Array.isArray(value) && entries.length > bounds.keys) {
      problems.push(problemAt('too-large', path, `${entries.length} keys; at most ${bounds.keys} are read`))
      continue
    }
    for (const [key, member] of entries.reverse()) {
      const at = Array.isArray(value) ? `${path}[${key}]` : keyPath(path, key)
      if (poisonous.has(key)) problems.push(problemAt('forbidden-key', at, `\`${key}\` cannot be a name`))
      else stack.push({ value: member, path: at, depth: depth + 1, within: { object: value, within } })
    }
  }
  return problems
}
