/** A few places that many want: who asks first goes first. */
export interface Turns {
  /** Waits for a place. */
  take(): Promise<void>
  /** Lets go of it. */
  give(): void
  /** Lets those who wait go first, and waits for a place again. */
  pass(): Promise<void>
}

/** Places for `together` at once, in the order of asking. */
export const createTurns = (together: number): Turns => {
  const waiting: (() => void)[] = []
  let free = together
  const take = (): Promise<void> => {
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve) => waiting.push(resolve))
  }
  const give = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    take,
    give,
    pass: () => {
      if (waiting.length === 0) return Promise.resolve()
      const again = take()
      give()
      return again
    },
  }
}
