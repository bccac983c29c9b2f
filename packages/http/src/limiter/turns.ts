import { untilAborted } from '../until-aborted.ts'

/** Runs one task after another in the order of arrival; who aborts while queued leaves at once. */
export const createTurns = () => {
  let tail: Promise<unknown> = Promise.resolve()
  return <T>(task: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
    const turn = tail.then(() => {
      signal?.throwIfAborted()
      return task()
    })
    tail = turn.catch(() => undefined)
    return untilAborted(turn, signal)
  }
}
