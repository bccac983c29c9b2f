/** A small table for a terminal: a heading, rows, numbers to the right. */
export const table = (rows: readonly (readonly (string | number)[])[]): string => {
  const texts = rows.map((row) => row.map(String))
  const columns = texts[0]?.map((_, index) => Math.max(...texts.map((row) => row[index]?.length ?? 0))) ?? []
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) =>
        index === 0 ? cell.padEnd(columns[index] ?? 0) : cell.padStart(columns[index] ?? 0),
      )
      .join('  ')
  const [heading = [], ...body] = texts
  const rule = '─'.repeat(line(heading).length)
  return [line(heading), rule, ...body.map(line)].map((text) => `  ${text}`).join('\n')
}

/** `1 call`, `2 calls`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
