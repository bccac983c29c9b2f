import type { Store } from './store.ts'

/** State that one area keeps for each account beside its tables: made when it is first asked for. */
export function perStore<State>(create: () => State): (store: Store) => State {
  const states = new WeakMap<Store, State>()
  return (store) => {
    const known = states.get(store) ?? create()
    states.set(store, known)
    return known
  }
}
