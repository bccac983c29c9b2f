/** What is said of a plan file or a journal's action that must not be applied: the code, the words, the places, what to do. */
import { expect, test } from 'vitest'
import { isPlanError, PlanError, parseAction, parsePlan, serialisePlan } from '../src/index.ts'
import { scenarios } from './kit/scenarios/index.ts'
import { planScenario } from './kit/scenarios/plan-scenario.ts'

const plan = scenarios.map(planScenario).find(({ actions }) => actions.length > 0)
if (plan === undefined) throw new Error('no scenario has an action')
const file = serialisePlan(plan)
const spoilt = (change: (parts: Record<string, unknown>) => void): string => {
  const parts = JSON.parse(file)
  change(parts)
  return JSON.stringify(parts)
}

const errorOf = (read: () => unknown) => {
  try {
    read()
  } catch (error) {
    if (isPlanError(error)) return { code: error.code, message: error.message, paths: error.paths }
    throw error
  }
  return undefined
}

const cases: readonly (readonly [string, string])[] = [
  ['cut short', file.slice(0, -20)],
  ['null', 'null'],
  ['a text', '"plan"'],
  ['a number', '2'],
  ['a list', '[]'],
  ['of version 2', spoilt((parts) => Object.assign(parts, { version: 2 }))],
  ['of version 1.5', spoilt((parts) => Object.assign(parts, { version: 1.5 }))],
  ['of version "2"', spoilt((parts) => Object.assign(parts, { version: '2' }))],
  ['without version', spoilt((parts) => Reflect.deleteProperty(parts, 'version'))],
  ['without a part', spoilt((parts) => Reflect.deleteProperty(parts, 'needs'))],
  ['with a part nobody knows', spoilt((parts) => Object.assign(parts, { hooks: [] }))],
  [
    'with five wrong parts',
    spoilt((parts) => Object.assign(parts, wrong('actions', 'skips', 'holds', 'cost', 'needs'))),
  ],
  [
    'with six wrong parts',
    spoilt((parts) => Object.assign(parts, wrong('actions', 'skips', 'holds', 'cost', 'needs', 'guards'))),
  ],
  ['edited', spoilt((parts) => Object.assign(parts, { definitionHash: 'another' }))],
]

function wrong(...names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name) => [name, 'x']))
}

test('bad files are refused in these words', async () => {
  const told = cases.map(([name, text]) => {
    const error = errorOf(() => parsePlan(text, { definitionHash: plan.definitionHash }))
    return `# A file that is ${name}\n${JSON.stringify(error, null, 2)}\n`
  })
  const snapshot = new URL('./__snapshots__/plan-errors.txt', import.meta.url)
  await expect(told.join('\n')).toMatchFileSnapshot(snapshot.pathname)
})

test('a plan for another definition', () => {
  expect(errorOf(() => parsePlan(file, { definitionHash: 'another' }))).toMatchInlineSnapshot(`
    {
      "code": "other-definition",
      "message": "The plan was made for another definition. Plan again with the definition that is in force.",
      "paths": [
        "definitionHash",
      ],
    }
  `)
})

test('every action reads back from a journal', () => {
  for (const action of scenarios.flatMap((row) => planScenario(row).actions)) {
    expect(parseAction(JSON.parse(JSON.stringify(action)))).toEqual(action)
  }
})

test('an action of another release', () => {
  expect(errorOf(() => parseAction({ ...plan.actions[0], kind: 'drop-table' }))).toMatchInlineSnapshot(`
    {
      "code": "malformed",
      "message": "The journal has an action that this release does not know. Read it with the release that wrote it.",
      "paths": [],
    }
  `)
})

test('an error of another copy of the package is known, and nothing else is', () => {
  const named = (name: string, more = {}) => Object.assign(new Error('x'), { name, ...more })
  expect(isPlanError(new PlanError('empty', 'Nothing.', 'Go on.'))).toBe(true)
  expect(new PlanError('empty', 'Nothing.', 'Go on.').paths).toEqual([])
  expect(isPlanError(named('PlanError', { code: 'empty' }))).toBe(true)
  expect(isPlanError(named('PlanError'))).toBe(false)
  expect(isPlanError(named('TypeError', { code: 'empty' }))).toBe(false)
  expect(isPlanError({ name: 'PlanError', code: 'empty' })).toBe(false)
  expect(isPlanError(null)).toBe(false)
})
