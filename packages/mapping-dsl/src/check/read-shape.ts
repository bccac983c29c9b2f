import type * as z from 'zod'
import type { SyncDefinition } from '../definition/definition.ts'
import { definitionJsonSchema } from '../definition/definition-json-schema.ts'
import { definitionShape } from '../definition/definition-shape.ts'
import { type Diagnostic, nearest, problemAt } from './diagnostic.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Nobody corrects more at a time, and finding what each meant takes time. */
const maxProblems = 100

/** What could be read, if anything, and what is wrong with the shape. */
export interface ReadShape {
  /** Absent when too little could be read to look at the rest. */
  readonly definition?: SyncDefinition
  readonly diagnostics: readonly Diagnostic[]
}

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null

const textOf = (path: Path): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  )

const at = (value: unknown, path: Path): unknown =>
  path.reduce((inside, key) => (isRecord(inside) ? inside[key] : undefined), value)

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
  const settings = definitionJsonSchema()
  return issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => () => unknownSetting(issue.path, key, settings))
        : () => problemAt('malformed', textOf(issue.path), ...wrongValue(issue, at(input, issue.path))),
    )
    .slice(0, maxProblems)
    .map((make) => make())
}

const without = (value: unknown, [key, ...rest]: Path, names: readonly string[]): unknown => {
  if (!isRecord(value)) return value
  if (Array.isArray(value)) {
    return value.map((member, index) => (index === key ? without(member, rest, names) : member))
  }
  const members = Object.entries(value)
  return Object.fromEntries(
    key === undefined
      ? members.filter(([name]) => !names.includes(name))
      : members.map(([name, member]) => [name, name === key ? without(member, rest, names) : member]),
  )
}

/**
 * Reads the shape. Settings that do not exist are told and left out, so that they hide nothing else; a value that is wrong
 * or missing leaves nothing to look at.
 */
export const readShape = (input: unknown): ReadShape => {
  const parsed = definitionShape.safeParse(input)
  if (parsed.success) return { definition: parsed.data, diagnostics: [] }
  const issues = parsed.error.issues.flatMap(unfold)
  const diagnostics = explain(issues, input)
  if (diagnostics.length === maxProblems) return { diagnostics }
  const known = issues.reduce(
    (rest, issue) => (issue.code === 'unrecognized_keys' ? without(rest, issue.path, issue.keys) : rest),
    input,
  )
  const again = definitionShape.safeParse(known)
  return again.success ? { definition: again.data, diagnostics } : { diagnostics }
}
