import type { StateStore } from '../../src/index.ts'
import type { Lifeline } from './lifeline.ts'

/** How a store fails: it cannot begin, it cannot commit, or it has committed and the answer is lost. */
export type StoreFault = 'begin' | 'commit' | 'answer-lost'

export class StoreFailure extends Error {
  override readonly name = 'StoreFailure'
}

/** A worker's view of the store that all workers share: it dies with the worker, and fails when it is told to. */
export const mortalStore = (
  store: StateStore,
  lifeline: Lifeline,
  dueFault: () => StoreFault | undefined,
): StateStore => ({
  ...store,
  async transaction(tenant, work, ...options) {
    lifeline.step()
    const fault = dueFault()
    const failAt = (moment: StoreFault): void => {
      if (fault === moment) throw new StoreFailure(`The store failed: ${moment}.`)
    }
    failAt('begin')
    const result = await store.transaction(
      tenant,
      async (state) => {
        const worked = await work(state)
        lifeline.step()
        failAt('commit')
        return worked
      },
      ...options,
    )
    lifeline.step()
    failAt('answer-lost')
    return result
  },
})
