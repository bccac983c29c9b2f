/** What a killed worker gets from everything it still tries. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/**
 * The life of one worker, counted in steps: a request sent, an answer taken, a pause begun or ended, a transaction begun,
 * made ready or committed. It can be ended between any two; then everything it tries fails, so that nothing of it
 * reaches the services or the store any more. Or it stops there, like a process that its machine has put to sleep, and goes
 * on later without knowing.
 */
export interface Lifeline {
  /** @throws Killed when the life is over, or ends here. */
  step(): Promise<void>
  /** A step at which nobody stands still: inside a transaction, which would keep the store from everybody. */
  stepOn(): void
  /** The life ends this many steps from now. */
  endIn(steps: number): void
  /** The life stands still this many steps from now. Resolves when it does. */
  pauseIn(steps: number): Promise<void>
  /** It goes on, and no pause comes any more. */
  wake(): void
  /** It goes on; what was said about its end or pause is forgotten. */
  resume(): void
  readonly ended: boolean
}

export const createLifeline = (): Lifeline => {
  let left = Number.POSITIVE_INFINITY
  let pause: { left: number; readonly reached: () => void } | undefined
  let gate: Promise<void> | undefined
  let open = (): void => undefined

  const stepOn = (): void => {
    if (left <= 0) throw new Killed('This worker was killed.')
    left -= 1
    if (left <= 0) throw new Killed('This worker is killed here.')
  }

  const wake = (): void => {
    pause = undefined
    gate = undefined
    open()
  }

  return {
    stepOn,
    wake,
    async step() {
      stepOn()
      if (pause !== undefined) pause.left -= 1
      if (pause !== undefined && pause.left <= 0) {
        const { reached } = pause
        pause = undefined
        gate = new Promise((resolve) => {
          open = resolve
        })
        reached()
      }
      await gate
    },
    endIn(steps) {
      left = steps
    },
    pauseIn: (steps) =>
      new Promise((reached) => {
        pause = { left: steps, reached }
      }),
    resume() {
      if (left > 0) left = Number.POSITIVE_INFINITY
      wake()
    },
    get ended() {
      return left <= 0
    },
  }
}
