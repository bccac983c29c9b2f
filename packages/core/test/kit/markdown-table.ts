const width = (cell: string): number => [...cell].length

/** A Markdown table as the formatter wants it: columns of one width. The first row is the head. */
export const markdownTable = (rows: readonly (readonly string[])[]): string => {
  const columns = (rows[0] ?? []).map((_, index) =>
    Math.max(3, ...rows.map((row) => width(row[index] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell + ' '.repeat((columns[index] ?? 0) - width(cell))).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(columns.map((column) => '-'.repeat(column))), ...body.map(line)].join('\n')
}
