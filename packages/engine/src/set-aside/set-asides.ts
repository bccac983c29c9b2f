import { inState, readState } from '../context.ts'
import { NotSetAsideError } from '../errors/not-set-aside-error.ts'
import type { SyncParts } from '../parts.ts'
import { plainName } from '../record-name.ts'
import type { RecordName } from '../state/kinds.ts'
import { type SetAside, setAsideKey } from '../state/set-aside-state.ts'
import type { StateTransaction } from '../state/state-store.ts'

const pageSize = 100

/** Records that failed and are left alone for a while. */
export interface SetAsides {
  /** All of them, read while they are iterated. */
  list(): AsyncIterable<SetAside>
  /**
   * The next run tries this one, however long it was to wait.
   *
   * @throws NotSetAsideError when it is not set aside, or not any more.
   */
  retry(record: RecordName): Promise<void>
  /**
   * As if it had never failed: the next run plans it like any other.
   *
   * @throws NotSetAsideError when it is not set aside, or not any more.
   */
  release(record: RecordName): Promise<void>
}

const mustFind = async ({ setAsides }: StateTransaction, name: RecordName): Promise<SetAside> => {
  const [entry] = await setAsides.find(name, [name.id])
  if (entry === undefined) throw new NotSetAsideError(name)
  return entry
}

export const setAsidesOf = ({ store, tenant, clock }: SyncParts): SetAsides => {
  const state = { store, tenant }
  return {
    async *list() {
      for (let after: string | null = null; ; ) {
        const page: { readonly after: string | null; readonly limit: number } = { after, limit: pageSize }
        const entries = await readState(state, ({ setAsides }) => setAsides.list(page))
        yield* entries
        const last = entries.at(-1)
        if (last === undefined) return
        after = setAsideKey(last)
      }
    },
    retry: (record) =>
      inState(state, async (transaction) => {
        const entry = await mustFind(transaction, plainName(record))
        await transaction.setAsides.save([{ ...entry, nextTryAtMs: clock.now() }])
      }),
    release: (record) =>
      inState(state, async (transaction) => {
        const entry = await mustFind(transaction, plainName(record))
        await transaction.setAsides.remove([entry])
      }),
  }
}
