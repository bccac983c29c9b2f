/** Shows how far the work is: a bar on a terminal, a line per tenth elsewhere, nothing when silent. */
export interface Progress {
  update(title: string, done: number, total: number | null): void
  end(): void
}

const width = 30

/** Progress on a stream; standard error, so that standard output stays what it is piped for. */
export const createProgress = (stream: NodeJS.WriteStream, silent: boolean): Progress => {
  const live = stream.isTTY && !silent
  let shown = ''

  const bar = (done: number, total: number): string => {
    const filled = Math.round((done / total) * width)
    return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total}`
  }

  return {
    update(title, done, total) {
      if (silent) return
      if (live) {
        stream.write(`\r\u001b[2K  ${title} ${total === null ? done : bar(done, total)}`)
        shown = title
        return
      }
      const mark = `${title} ${total === null ? Math.floor(done / 1000) : Math.floor((done * 10) / total)}`
      if (mark !== shown) stream.write(`  ${title} ${total === null ? done : `${done}/${total}`}\n`)
      shown = mark
    },
    end() {
      if (live && shown !== '') stream.write('\r\u001b[2K')
      shown = ''
    },
  }
}
