import { markdownTable } from './markdown-table.ts'
import type { Scenario } from './scenario.ts'
import { scenarios } from './scenarios.ts'

const table = (topic: string, rows: readonly Scenario[]): string =>
  `### ${topic}\n\n${markdownTable([
    ['situation', 'the plan', 'that is'],
    ...rows.map(({ situation, expected, meaning }) => [
      situation,
      expected.length === 0 ? 'nothing' : expected.map((code) => `\`${code}\``).join(' '),
      meaning,
    ]),
  ])}`

/** All scenarios, a table per topic. */
export const scenarioTables = (): string =>
  [...new Set(scenarios.map(({ topic }) => topic))]
    .map((topic) =>
      table(
        topic,
        scenarios.filter((scenario) => scenario.topic === topic),
      ),
    )
    .join('\n\n')
