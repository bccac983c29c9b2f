import type { StateStore } from '../../src/index.ts'
import type { Services } from './services.ts'

/** The same store on a machine far away: each operation takes this long to get there, and its answer as long to come back. */
export const slowStore = (store: StateStore, { clock }: Services, wayMs: number): StateStore => {
  const far = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await clock.sleep(wayMs)
    try {
      return await work()
    } finally {
      await clock.sleep(wayMs)
    }
  }
  const { leases } = store
  return {
    ...store,
    leases: {
      acquire: (...request) => far(() => leases.acquire(...request)),
      renew: (...request) => far(() => leases.renew(...request)),
      release: (...request) => far(() => leases.release(...request)),
    },
    transaction: (...request) => far(() => store.transaction(...request)),
  }
}
