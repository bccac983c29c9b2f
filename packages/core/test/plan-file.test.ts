import { expect, test } from 'vitest'
import { isPlanError, parsePlan, serialisePlan } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const definition = contactsDefinition()

const somePlan = () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana', governmentid: '123' })
  putRow(world, 'd2', { emailaddress1: 'bob@example.com', firstname: 'Bob' })
  putRow(world, 'd3', { emailaddress1: 'bob@example.com' })
  putRow(world, 'd4', { firstname: 'Nobody' })
  putRow(world, 'd5', { emailaddress1: 'eve@example.com', firstname: 'Eve' })
  putContact(world, '5', { email: 'eve@example.com', firstName: 'Eva' })
  return planWorld(world, definition)
}

const codeOf = (read: () => unknown): string | undefined => {
  try {
    read()
  } catch (error) {
    if (isPlanError(error)) return error.code
    throw error
  }
  return undefined
}

test('a saved plan reads back as it was', () => {
  const plan = somePlan()
  expect(parsePlan(serialisePlan(plan), { definitionHash: definition.hash })).toEqual(plan)
})

test('a file that an editor saved with a byte order mark reads back too', () => {
  const plan = somePlan()
  expect(parsePlan(`\ufeff${serialisePlan(plan)}`)).toEqual(plan)
})

test.each(['1.5', '0', '-2', '1e300'])('version %s is called unknown, not newer', (version) => {
  const text = serialisePlan(somePlan()).replace('"version":1', `"version":${version}`)
  expect(() => parsePlan(text)).toThrow(
    `The plan has version ${Number(version)}, and no release writes that. Make a new plan.`,
  )
  expect(codeOf(() => parsePlan(text))).toBe('malformed')
})

test('a plan survives a store that sorts keys in its own order', () => {
  const plan = somePlan()
  const reversed = (value: unknown): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : Array.isArray(value)
        ? value.map(reversed)
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, entry]) => [key, reversed(entry)]),
          )
  expect(parsePlan(JSON.stringify(reversed(plan)))).toEqual(plan)
})

test.each([
  ['cut short', (text: string) => text.slice(0, -20), 'not-json'],
  ['edited by hand', (text: string) => text.replace('"Ana"', '"Eve"'), 'changed'],
  [
    'with an action taken out',
    (text: string) => text.replace(/"actions":\[\{.*?\}\],"conflicts"/, '"actions":[],"conflicts"'),
    'changed',
  ],
  ['of a newer version', (text: string) => text.replace('"version":1', '"version":2'), 'newer-version'],
  [
    'with a kind nobody knows',
    (text: string) => text.replace('"create-active-campaign-contact"', '"drop-table"'),
    'malformed',
  ],
  ['that is something else', () => '{"hello":"world"}', 'malformed'],
])('a plan %s is refused', (_, spoil, code) => {
  const text = serialisePlan(somePlan())
  expect(spoil(text)).not.toBe(text)
  expect(codeOf(() => parsePlan(spoil(text)))).toBe(code)
})

test('a plan for another definition is refused', () => {
  expect(codeOf(() => parsePlan(serialisePlan(somePlan()), { definitionHash: 'other' }))).toBe(
    'other-definition',
  )
})
