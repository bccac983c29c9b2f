/** Each kind of action is known by its own guard and by no other, and what makes it can be told by hand. */
import { expect, test } from 'vitest'
import { compareText } from '../src/compare.ts'
import * as core from '../src/index.ts'
import { opportunityScenarios, planOpportunityScenario } from './kit/opportunity-scenarios.ts'
import { planScenario, scenarios } from './kit/scenarios.ts'

const actions = [
  ...scenarios.flatMap((row) => planScenario(row).actions),
  ...opportunityScenarios.flatMap((row) => planOpportunityScenario(row).actions),
]
const kinds = [...new Set(actions.map(({ kind }) => kind))].sort(compareText)

/** `DeleteDynamicsRecord` of `delete-dynamics-record`. */
const nameOf = (kind: string): string =>
  kind.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase())

const guards = Object.entries(core).flatMap(([name, value]) =>
  typeof value === 'object' && value !== null && 'is' in value ? [{ name, is: value.is }] : [],
)

test('the scenarios come by every kind', () => {
  expect(kinds.map(nameOf)).toEqual(guards.map(({ name }) => name).sort(compareText))
})

test.each(guards.map(({ name, is }) => [name, is] as const))('%s knows its own', (name, is) => {
  expect(kinds.filter((kind) => is({ kind })).map(nameOf)).toEqual([name])
})
