import { inState } from '../context.ts'
import type { SyncParts } from '../parts.ts'
import type { RecordName } from '../state/kinds.ts'
import { type SetAside, setAsideKey } from '../state/set-aside-state.ts'

const pageSize = 100

/** Records that failed and are left alone for a while. */
export interface SetAsides {
  /** All of them, read while they are iterated. */
  list(): AsyncIterable<SetAside>
  /** The next run tries this one, however long it was to wait. */
  retry(record: RecordName): Promise<void>
  /** As if it had never failed: the next run plans it like any other. */
  release(record: RecordName): Promise<void>
}

export const setAsidesOf = ({ store, tenant, clock }: SyncParts): SetAsides => {
  const state = { store, tenant }
  return {
    async *list() {
      for (let after: string | null = null; ; ) {
        const page: { readonly after: string | null; readonly limit: number } = { after, limit: pageSize }
        const entries = await inState(state, ({ setAsides }) => setAsides.list(page))
        yield* entries
        const last = entries.at(-1)
        if (last === undefined) return
        after = setAsideKey(last)
      }
    },
    retry: ({ side, entity, id }) =>
      inState(state, async ({ setAsides }) => {
        const found = await setAsides.find({ side, entity }, [id])
        await setAsides.save(found.map((entry) => ({ ...entry, nextTryAtMs: clock.now() })))
      }),
    release: (record) => inState(state, ({ setAsides }) => setAsides.remove([record])),
  }
}
