import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { opportunityTable, scenarioTables } from './kit/scenario-tables.ts'
import { conflictTable, mergeTable } from './kit/truth-table.ts'

const file = new URL('../../../docs/behaviour.md', import.meta.url)

const sections: Readonly<Record<string, () => string>> = {
  'merge-table': mergeTable,
  'conflict-table': conflictTable,
  scenarios: scenarioTables,
  opportunities: opportunityTable,
}

test('docs/behaviour.md says what the code does', async () => {
  const current = Object.entries(sections).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
        (_, start: string, end: string) => `${start}\n${table()}\n\n${end}`,
      ),
    readFileSync(file, 'utf8'),
  )
  await expect(current).toMatchFileSnapshot(file.pathname)
})
