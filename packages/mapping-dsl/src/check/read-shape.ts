import type * as z from 'zod'
import type { SyncDefinition } from '../definition/definition.ts'
import { definitionJsonSchema } from '../definition/definition-json-schema.ts'
import { definitionShape } from '../definition/definition-shape.ts'
import type { BoundedValue } from './bounds.ts'
import { type Diagnostic, maxProblems, moreProblems, nearest, problemAt } from './diagnostic.ts'
import { at, isRecord, type Path, setAt, textOf } from './path.ts'
import { repair } from './repair.ts'
import { isCriterion, isFollowUp, originalPath } from './told.ts'

type Issue = z.core.$ZodIssue

/** Stands where a value cannot be read, which was told. */
const toldAlready = Symbol('told already')

/** What could be read, if anything, and what is wrong with the shape. */
export interface ReadShape {
  /** Several where a setting is broken: one for each thing it may be. None where too little could be read. */
  readonly variants: readonly SyncDefinition[]
  readonly diagnostics: readonly Diagnostic[]
  /** Whether a rule's diagnostic only follows from what was told already. */
  readonly isFollowUp: (diagnostic: Diagnostic) => boolean
  /** The path that was written, of a path in a variant. */
  readonly pathOf: (path: string) => string
}

/** The settings that there are at a place, as the exported JSON Schema says. */
const settingsAt = (path: Path, all: unknown): readonly string[] => {
  const place = path.reduce(
    (node, key) => at(node, typeof key === 'number' ? ['items'] : ['properties', key]),
    all,
  )
  return Object.keys(at(place, ['properties']) ?? {})
}

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  return isRecord(value) ? 'an object' : `\`${String(value).slice(0, 60)}\``
}

const kinds: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
}

const wrongValue = (
  issue: Issue,
  value: unknown,
): readonly [message: string, suggestion?: string | undefined] => {
  if (issue.code === 'invalid_value') {
    const allowed = `say ${issue.values.map((one) => `\`${String(one)}\``).join(', ')}`
    if (value === undefined) return [`is missing: ${allowed}`]
    const suggestion = typeof value === 'string' ? nearest(value, issue.values.map(String)) : undefined
    return [`cannot be ${shown(value)}: ${allowed}`, suggestion]
  }
  if (value === undefined) return ['is missing']
  if (issue.code === 'invalid_type')
    return [`expects ${kinds[issue.expected] ?? issue.expected}, and is ${shown(value)}`]
  return [issue.code === 'invalid_union' ? `cannot be ${shown(value)}` : issue.message]
}

/** Of a value that may have several forms: what is wrong with the form that it has, if it has one. */
const unfold = (issue: Issue): readonly Issue[] => {
  if (issue.code !== 'invalid_union') return [issue]
  const form = issue.errors.find((issues) => issues.every(({ path }) => path.length > 0))
  return form === undefined
    ? [issue]
    : form.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
}

const unknownSetting = (path: Path, key: string, settings: unknown): Diagnostic => {
  const name = key.slice(0, 60)
  const message = `there is no setting \`${name}\` here`
  return problemAt(
    'unknown-setting',
    textOf([...path, name]),
    message,
    nearest(key, settingsAt(path, settings)),
  )
}

const explain = (issues: readonly Issue[], input: unknown): readonly Diagnostic[] => {
  if (issues.length === 0) return []
  const settings = definitionJsonSchema()
  const problems = issues
    .filter((issue) => at(input, issue.path) !== toldAlready)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => () => unknownSetting(issue.path, key, settings))
        : () => problemAt('malformed', textOf(issue.path), ...wrongValue(issue, at(input, issue.path))),
    )
  return [
    ...problems.slice(0, maxProblems).map((make) => make()),
    ...moreProblems(problems.length - maxProblems),
  ]
}

const issuesOf = (readable: unknown): readonly Issue[] =>
  definitionShape.safeParse(readable).error?.issues.flatMap(unfold) ?? []

/** Of a list that is too long its members are not looked at: the first of them are kept, to be read like any. */
const cutShort = (issue: Issue, readable: unknown): boolean => {
  const list = at(readable, issue.path)
  if (issue.code !== 'too_big' || !Array.isArray(list)) return false
  setAt(readable, issue.path, list.slice(0, Number(issue.maximum)))
  return true
}

/**
 * Reads the shape. What is wrong or missing is told and repaired, so that it hides nothing else: a setting that does not
 * exist is left out, a mapping that cannot be read as well, and of a setting's value everything is tried that it may be.
 */
export const readShape = ({ readable, unreadable }: BoundedValue): ReadShape => {
  for (const path of unreadable) if (!isCriterion(path)) setAt(readable, path, toldAlready)
  const tooLong = issuesOf(readable).filter(({ code }) => code === 'too_big')
  const cut = explain(
    tooLong.filter((issue) => cutShort(issue, readable)),
    readable,
  )
  const issues = issuesOf(readable)
  const diagnostics = [...cut, ...explain(issues, readable)]
  const { variants, kept, lost } = repair(issues, readable)
  const pathOf = originalPath(kept)
  const followsUp = isFollowUp(unreadable, lost)
  return { variants, diagnostics, pathOf, isFollowUp: followsUp }
}
