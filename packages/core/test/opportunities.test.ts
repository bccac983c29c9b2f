/** The rows of the table of opportunities in docs/behaviour.md, one test each. */
import { expect, test } from 'vitest'
import { compareText } from '../src/compare.ts'
import { opportunityScenarios, planOpportunityScenario } from './kit/opportunity-scenarios.ts'
import { outcomesOf } from './kit/scenarios.ts'

test.each(opportunityScenarios.map((row) => [row.situation, row] as const))('%s', (_situation, row) => {
  expect(outcomesOf(planOpportunityScenario(row))).toEqual(row.expected.toSorted(compareText))
})
