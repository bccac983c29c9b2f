import { untilAborted } from '../until-aborted.ts'

/**
 * Runs one task after another in the order of arrival. Who aborts while queued leaves at once. A task sees to
 * its own signal, so that what it gives out is never lost to an abort in the same moment.
 */
export const createTurns = () => {
  let tail: Promise<void> = Promise.resolve()
  return async <T>(task: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
    const previous = tail
    let done: () => void = () => undefined
    const mine = new Promise<void>((resolve) => {
      done = resolve
    })
    tail = previous.then(() => mine)
    try {
      await untilAborted(previous, signal)
      return await task()
    } finally {
      done()
    }
  }
}
