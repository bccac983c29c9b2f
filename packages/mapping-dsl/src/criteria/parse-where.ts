import { type Diagnostic, maxProblems, nearest, problemAt } from '../check/diagnostic.ts'
import type { Criterion } from './criterion.ts'
import type { Subject } from './family.ts'
import { parseCondition } from './parse-condition.ts'

/** What conditions can be on, by name. */
export type Subjects = Readonly<Record<string, Subject>>

/** A criterion read from the object syntax, with everything that is wrong with it. */
export interface ParsedWhere {
  readonly criterion: Criterion
  readonly diagnostics: readonly Diagnostic[]
}

const all = (criteria: readonly Criterion[]): Criterion => {
  const [first, ...rest] = criteria
  if (first === undefined) return { kind: 'always' }
  return rest.length === 0 ? first : { kind: 'and', criteria }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the object syntax of criteria into its tree. Nesting is bounded by the caller. */
export const parseWhere = (where: unknown, subjects: Subjects, path: string): ParsedWhere => {
  const diagnostics: Diagnostic[] = []
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic)
  }
  const nothing = (code: string, at: string, message: string): Criterion => {
    report(problemAt(code, at, message))
    return { kind: 'always' }
  }

  const group = (raw: unknown, at: string): readonly Criterion[] => {
    if (!Array.isArray(raw)) return [nothing('malformed', at, 'expects a list of conditions')]
    if (raw.length === 0)
      return [nothing('empty-list', at, 'is an empty list: leave it out, or say what is meant')]
    return raw.map((part, index) => object(part, `${at}[${index}]`, true))
  }

  const member = (name: string, raw: unknown, at: string): readonly Criterion[] => {
    if (name === 'AND') return group(raw, at)
    if (name === 'OR') return [{ kind: 'or', criteria: group(raw, at) }]
    if (name === 'NOT') return [{ kind: 'not', criterion: object(raw, at, true) }]
    const subject = Object.hasOwn(subjects, name) ? subjects[name] : undefined
    if (subject !== undefined) return parseCondition({ field: name, subject, path: at, report }, raw)
    const known = diagnostics.length < maxProblems ? [...Object.keys(subjects), 'AND', 'OR', 'NOT'] : []
    report(
      problemAt(
        'unknown-field',
        at,
        `no field \`${name.slice(0, 60)}\` to put a condition on`,
        nearest(name, known),
      ),
    )
    return []
  }

  const object = (raw: unknown, at: string, nested: boolean): Criterion => {
    if (!isRecord(raw)) return nothing('malformed', at, 'expects conditions by field name')
    const entries = Object.entries(raw)
    if (nested && entries.length === 0) return nothing('empty-condition', at, 'has no condition in it')
    return all(entries.flatMap(([name, value]) => member(name, value, at === '' ? name : `${at}.${name}`)))
  }

  return { criterion: object(where, path, false), diagnostics }
}
