/**
 * Every scenario's plan, word by word: what it says to people and what it tells the executors to write, to expect and to
 * remember. Other tests say what must be; this one shows, in a review, everything that a change of the planner changes.
 */
import { expect, test } from 'vitest'
import { planInFull } from './kit/plan-in-full.ts'
import { scenarios } from './kit/scenarios/index.ts'
import { opportunityScenarios } from './kit/scenarios/opportunities/opportunity-scenarios.ts'
import { planOpportunityScenario } from './kit/scenarios/opportunities/plan-opportunity-scenario.ts'
import { planScenario } from './kit/scenarios/plan-scenario.ts'

const plans = [
  ...scenarios.map((row) => ({ ...row, plan: () => planScenario(row) })),
  ...opportunityScenarios.map((row) => ({
    ...row,
    topic: 'Opportunities',
    plan: () => planOpportunityScenario(row),
  })),
]

test.each(Object.entries(Object.groupBy(plans, ({ topic }) => topic)))('%s', async (topic, rows = []) => {
  const text = rows.map(({ situation, plan }) => `# ${situation}\n\n${planInFull(plan())}`).join('\n')
  const name = topic.toLowerCase().replace(/[^a-z]+/g, '-')
  const file = new URL(`./__snapshots__/plans/${name}.txt`, import.meta.url)
  await expect(text).toMatchFileSnapshot(file.pathname)
})
