/** What a killed worker gets from everything it still tries. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/**
 * The life of one worker, counted in steps: a request sent, an answer taken, a pause begun or ended, a transaction begun,
 * made ready or committed. It can be ended between any two; then everything it tries fails, so that nothing of it
 * reaches the services or the store any more.
 */
export interface Lifeline {
  /** @throws Killed when the life is over, or ends here. */
  step(): void
  /** The life ends this many steps from now. */
  endIn(steps: number): void
  /** It goes on as if nothing had been said. */
  spare(): void
  readonly ended: boolean
}

export const createLifeline = (): Lifeline => {
  let left = Number.POSITIVE_INFINITY
  return {
    step() {
      if (left <= 0) throw new Killed('This worker was killed.')
      left -= 1
      if (left <= 0) throw new Killed('This worker is killed here.')
    },
    endIn(steps) {
      left = steps
    },
    spare() {
      if (left > 0) left = Number.POSITIVE_INFINITY
    },
    get ended() {
      return left <= 0
    },
  }
}
