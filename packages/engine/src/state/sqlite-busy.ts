import { systemClock } from '@dynacamp/http'

/** How long a process waits for the others that write to the same file. The longest transactions take seconds. */
const waitMs = 30_000
const [firstPauseMs, longestPauseMs] = [2, 100]

/** SQLITE_BUSY with all its extended codes. https://www.sqlite.org/rescode.html#busy */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5

/**
 * Tries again while another process has the file. SQLite's own busy timeout would stand still with the whole process: no timer
 * would fire, and no lease of another tenant would be renewed.
 */
export const whenFree = async (work: () => Promise<void>): Promise<void> => {
  const untilMs = systemClock.now() + waitMs
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || systemClock.now() >= untilMs) throw error
    }
    await systemClock.sleep(pauseMs)
  }
}
