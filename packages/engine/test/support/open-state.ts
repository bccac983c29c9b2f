import { inject } from 'vitest'
import { memoryState, postgresState, type StateStore } from '../../src/index.ts'

let stores = 0
let shared: StateStore | undefined

/** Tenants of their own in a store that others use too: as good as an empty store. */
const apart = (store: StateStore, part: string): StateStore => {
  const named = (tenant: string) => `${part}/${tenant}`
  return {
    transaction: (tenant, work, options) => store.transaction(named(tenant), work, options),
    leases: {
      acquire: (tenant, options) => store.leases.acquire(named(tenant), options),
      renew: (lease, options) => store.leases.renew(lease, options),
      release: (lease, options) => store.leases.release(lease, options),
    },
    close: async () => undefined,
  }
}

/** An empty store: in memory, or in PostgreSQL where the tests run over again with it (`vitest.config.ts`). */
export const openState = (): StateStore => {
  const postgres = inject('postgres')
  if (postgres === undefined) return memoryState()
  if ('missing' in postgres) throw new Error(postgres.missing)
  shared ??= postgresState({ connectionString: postgres.url })
  return apart(shared, `${process.pid}-${performance.timeOrigin}-${stores++}`)
}
