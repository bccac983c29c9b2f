import * as z from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import type { Plan } from '../model/plan.ts'
import { planIdOf } from '../plan/plan-id.ts'
import { PlanError } from './plan-error.ts'
import { planShape } from './plan-shape.ts'

/** Problems named in one message; the rest is counted. */
const namedProblems = 5

/**
 * The plan as a file: one line of JSON with sorted keys, the same bytes for the same plan. It holds values of mapped
 * fields, sensitive ones too, because it must be possible to apply it: keep it as carefully as the data itself.
 *
 * @example
 * await writeFile('plan.json', serialisePlan(plan))
 */
export const serialisePlan = (plan: Plan): string => `${canonicalJson(plan)}\n`

/** An editor may have saved the file with a byte order mark, which is no part of JSON. */
const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text)

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(withoutMark(text))
  } catch {
    throw new PlanError(
      'not-json',
      'The plan is not JSON; it was probably cut short.',
      'Save it again, or make a new plan.',
    )
  }
}

const versionOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined

/**
 * Reads a plan that was saved, and refuses one that is not as it was made, before any call.
 *
 * @param expected hash of the definition the plan is to be applied with; leave it out to read a plan only to show it
 * @throws {PlanError} `not-json` cut short · `newer-version` · `malformed` with paths · `changed` edited after it was made ·
 * `other-definition`
 *
 * @example
 * const plan = parsePlan(await readFile('plan.json', 'utf8'), { definitionHash: definition.hash })
 */
export const parsePlan = (text: string, expected: { readonly definitionHash?: string } = {}): Plan => {
  const json = parseJson(text)
  const version = versionOf(json)
  if (typeof version === 'number' && Number.isSafeInteger(version) && version > 1) {
    throw new PlanError(
      'newer-version',
      `The plan has version ${version}; this release reads version 1.`,
      'Update @dynacamp/core, or make a new plan.',
      ['version'],
    )
  }
  if (typeof version === 'number' && version !== 1) {
    throw new PlanError(
      'malformed',
      `The plan has version ${version}, and no release writes that.`,
      'Make a new plan.',
      ['version'],
    )
  }
  const read = planShape.safeParse(json)
  if (!read.success) {
    const paths = read.error.issues.map(({ path }) => z.core.toDotPath(path))
    const problems = read.error.issues.map(
      ({ message }, index) => `${paths[index] || 'the file'}: ${message}`,
    )
    const more = problems.length > namedProblems ? ` and ${problems.length - namedProblems} more` : ''
    throw new PlanError(
      'malformed',
      `The plan has parts that no plan has: ${problems.slice(0, namedProblems).join('; ')}${more}.`,
      'Make a new plan.',
      paths.filter((path) => path !== ''),
    )
  }
  const { id, ...content } = read.data
  const actual = planIdOf(content)
  if (actual !== id) {
    throw new PlanError(
      'changed',
      'The plan was changed after it was made: its content does not have its id.',
      'Plans are not edited by hand: change the definition or resolve the holds, and plan again.',
    )
  }
  if (expected.definitionHash !== undefined && expected.definitionHash !== content.definitionHash) {
    throw new PlanError(
      'other-definition',
      'The plan was made for another definition.',
      'Plan again with the definition that is in force.',
      ['definitionHash'],
    )
  }
  return Object.freeze({ ...content, id })
}
