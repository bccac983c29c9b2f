/** `docs/compatibility.md` is generated from the code: `vitest run -u` writes it anew. */
import { type ColumnType, compatibility, explainPair, type FieldType, field } from '@dynacamp/mapping-dsl'
import { expect, it } from 'vitest'
import { columns } from './kit/pairs.ts'

const arrows = { bidirectional: '↔', outbound: '→', inbound: '←' } as const
const columnTypes = Object.keys(compatibility) as ColumnType[]
const fieldTypes = Object.keys(field) as FieldType[]

const cells = columnTypes.flatMap((column) =>
  fieldTypes.map((to) => ({ column, to, pair: explainPair(column, to) })),
)

/** Columns padded to one width, as the formatter wants Markdown tables. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const matrix = table(
  ['Dynamics 365 \\ ActiveCampaign', ...fieldTypes],
  columnTypes.map((column) => [
    `\`${column}\``,
    ...cells
      .filter((cell) => cell.column === column)
      .map(({ pair }) => (pair.compatible ? arrows[pair.flow] + (pair.loss === undefined ? '' : '*') : '')),
  ]),
)

const losses = table(
  ['Dynamics 365', '', 'ActiveCampaign', 'What is lost'],
  cells.flatMap(({ column, to, pair }) =>
    pair.compatible && pair.loss !== undefined
      ? [[`\`${column}\``, arrows[pair.flow], `\`${to}\``, pair.loss]]
      : [],
  ),
)

const equivalences = table(
  ['Column type', 'Two values are the same when they are'],
  columnTypes.map((column) => {
    const pair = cells.find((cell) => cell.column === column && cell.pair.compatible)?.pair
    return [`\`${column}\``, pair?.compatible === true ? pair.equivalence : '']
  }),
)

const reasons = [
  ...new Set(cells.flatMap(({ to, pair }) => (pair.compatible ? [] : [`\`${to}\`: ${pair.reason}`]))),
].filter((reason) => !reason.includes('cannot carry'))

const page = `# Which types can be mapped

Generated from the code by \`packages/mapping-dsl/test/compatibility-page.test.ts\`; do not edit.

\`↔\` both ways, \`→\` to ActiveCampaign only, \`←\` to Dynamics 365 only, \`*\` with a loss that is named below, empty:
not at all. A mapping of an empty cell does not compile. Every other cell is held to round-trip laws over generated
values in \`packages/mapping-dsl/test/codec-laws.test.ts\`: what is sent and read back is the same value, up to the
equivalence of its type.

${matrix}

## What is lost

${losses}

## When two values are the same

An empty text, blanks alone and no value at all are the same on both sides.

${equivalences}

## Why the others cannot be mapped

${reasons.map((reason) => `- ${reason}`).join('\n')}
`

it('is up to date', async () => {
  expect(Object.keys(columns)).toEqual(columnTypes)
  await expect(page).toMatchFileSnapshot('../../../docs/compatibility.md')
})
