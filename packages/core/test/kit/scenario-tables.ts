import { markdownTable } from './markdown-table.ts'
import { scenarios } from './scenarios/index.ts'
import { opportunityScenarios } from './scenarios/opportunities/opportunity-scenarios.ts'
import type { Scenario } from './scenarios/scenario.ts'

const tableOf = (rows: readonly Pick<Scenario, 'situation' | 'expected' | 'meaning'>[]): string =>
  markdownTable([
    ['situation', 'the plan', 'that is'],
    ...rows.map(({ situation, expected, meaning }) => [
      situation,
      expected.length === 0 ? 'nothing' : expected.map((code) => `\`${code}\``).join(' '),
      meaning,
    ]),
  ])

/** All scenarios, a table per topic. */
export const scenarioTables = (): string =>
  [...new Set(scenarios.map(({ topic }) => topic))]
    .map((topic) => `### ${topic}\n\n${tableOf(scenarios.filter((scenario) => scenario.topic === topic))}`)
    .join('\n\n')

/** Those of opportunities, which have a table of their own. */
export const opportunityTable = (): string => tableOf(opportunityScenarios)
