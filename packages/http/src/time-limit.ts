import type { Clock } from './clock.ts'

interface TimeLimit {
  readonly clock: Clock
  /** Undefined: only the outer signal limits the work. */
  readonly ms: number | undefined
  readonly signal: AbortSignal | undefined
  readonly reason: () => Error
}

// A reason of our own spares the stack trace of the default one, for every request.
const finished = 'finished'

/** Runs `work` under a signal that is aborted by the outer signal or, after `ms`, with `reason()`. */
export const withTimeLimit = async <T>(
  limit: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const { clock, ms, signal, reason } = limit
  signal?.throwIfAborted()
  const inner = new AbortController()
  const done = new AbortController()
  const relay = () => inner.abort(signal?.reason)
  signal?.addEventListener('abort', relay, { once: true })
  if (ms !== undefined) {
    clock.sleep(ms, done.signal).then(
      () => inner.abort(reason()),
      () => undefined,
    )
  }
  try {
    return await work(inner.signal)
  } finally {
    signal?.removeEventListener('abort', relay)
    done.abort(finished)
  }
}
