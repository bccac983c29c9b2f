import { inState, type SyncContext } from '../context.ts'
import { giveWay } from '../give-way.ts'
import type { RecordKind, StateTransaction } from '../state/state-store.ts'

const name = (kind: RecordKind): string => `generation/${kind.side}/${kind.entity}`

/** Which full read of this kind of record is the current one; 0 before the first. */
export const generationOf = async (state: StateTransaction, kind: RecordKind): Promise<number> =>
  Number((await state.cursors.get(name(kind))) ?? 0)

/** Begins a full read: records it does not see are older than its number. */
export const nextGeneration = async (state: StateTransaction, kind: RecordKind): Promise<number> => {
  const generation = (await generationOf(state, kind)) + 1
  await state.cursors.set(name(kind), String(generation))
  return generation
}

/** The number of the full read that goes on, or of the one that begins. */
export const beginOrGoOn = (state: StateTransaction, kind: RecordKind, goesOn: boolean): Promise<number> =>
  goesOn ? generationOf(state, kind) : nextGeneration(state, kind)

/** Records that one transaction forgets: whoever else writes to the same file waits for no more than that. */
const atOnce = 1_000

/**
 * Forgets, after a full read, the records that it did not show, each page in a transaction of its own. To be called before the read
 * is noted as complete: where a process ends in the middle, the read goes on, or begins anew, and the rest is forgotten then.
 *
 * @param forget - What else to do about them.
 */
export const removeUnseen = async (
  context: SyncContext,
  kind: RecordKind,
  generation: number,
  forget = (state: StateTransaction, ids: readonly string[]): Promise<void> =>
    state.records.remove(kind, ids),
): Promise<void> => {
  for (let after: string | null = null; ; ) {
    const page: { readonly after: string | null; readonly limit: number } = { after, limit: atOnce }
    const gone = await inState(context, async (state) => {
      const ids = await state.records.unseen(kind, generation, page)
      if (ids.length > 0) await forget(state, ids)
      return ids
    })
    if (gone.length < atOnce) return
    after = gone.at(-1) ?? null
    await giveWay(context)
  }
}
