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

/** Forgets, after a full read, the records that it did not show. */
export const removeUnseen = async (
  { records }: StateTransaction,
  kind: RecordKind,
  generation: number,
): Promise<void> => {
  for (;;) {
    const gone = await records.unseen(kind, generation, { after: null, limit: 1000 })
    if (gone.length === 0) return
    await records.remove(kind, gone)
  }
}
