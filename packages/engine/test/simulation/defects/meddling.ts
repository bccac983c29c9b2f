import type { StateStore, StateTransaction, StoredRecord } from '../../../src/index.ts'

export const inTransactions =
  (change: (state: StateTransaction) => StateTransaction) =>
  (store: StateStore): StateStore => ({
    ...store,
    transaction: (tenant, work, ...options) =>
      store.transaction(tenant, (state) => work(change(state)), ...options),
  })

type Records = readonly StoredRecord[]

/** What was read is changed before it is kept. */
export const keeping = (change: (records: Records) => Records) =>
  inTransactions((state) => ({
    ...state,
    records: {
      ...state.records,
      save: (records, options) => state.records.save(change(records), options),
    },
  }))
