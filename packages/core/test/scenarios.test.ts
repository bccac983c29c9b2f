/** The rows of the scenario tables in docs/behaviour.md, one test each. */
import { describe, expect, test } from 'vitest'
import { compareText } from '../src/compare.ts'
import { scenarios } from './kit/scenarios/index.ts'
import { outcomesOf, planScenario } from './kit/scenarios/plan-scenario.ts'

const topics = Object.entries(Object.groupBy(scenarios, ({ topic }) => topic))

describe.each(topics)('%s', (_, rows = []) => {
  test.each(rows.map((row) => [row.situation, row] as const))('%s', (_situation, row) => {
    const plan = planScenario(row)
    expect(outcomesOf(plan)).toEqual(row.expected.toSorted(compareText))
    for (const [kind, before] of Object.entries(row.waits ?? {})) {
      const waiting = plan.actions.find((action) => action.kind === kind)
      const waitsFor = waiting?.dependsOn.map((id) => plan.actions.find((action) => action.id === id)?.kind)
      expect(waitsFor).toEqual(before)
    }
  })
})
