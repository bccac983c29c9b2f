import { inState, type SyncContext } from '../context.ts'
import { giveWay } from '../give-way.ts'
import { fromText } from '../state/json.ts'
import { lastOfEach } from '../state/last-of-each.ts'
import type { RecordKind, StateTransaction } from '../state/state-store.ts'

const name = 'reading/to-touch'

/** Records of a kind that are still to become dirty: those behind an id, or all. */
interface Rest extends RecordKind {
  readonly after: string | null
}

/** Records of one transaction: whoever else writes to the same file waits for no more than that. */
const atOnce = 2_000

const restsIn = async ({ cursors }: StateTransaction): Promise<readonly Rest[]> => {
  const text = await cursors.get(name)
  return text === null || text === '' ? [] : fromText<readonly Rest[]>(text)
}

const keepRests = ({ cursors }: StateTransaction, rests: readonly Rest[]): Promise<void> =>
  cursors.set(name, rests.length === 0 ? '' : JSON.stringify(rests))

/** Whether anything was ever asked for: a version before marked everything at once. */
export const hasAsked = async ({ cursors }: StateTransaction): Promise<boolean> =>
  (await cursors.get(name)) !== null

/** Asks for all records of these kinds to become dirty before anything is planned; for those of which some have become so, anew. */
export const askToTouch = async (state: StateTransaction, kinds: readonly RecordKind[]): Promise<void> => {
  const asked = kinds.map(({ side, entity }): Rest => ({ side, entity, after: null }))
  const rests = [...(await restsIn(state)), ...asked]
  await keepRests(
    state,
    lastOfEach(rests, ({ side, entity }) => `${side} ${entity}`),
  )
}

/** Says whether there is more. */
const touchPage = async (state: StateTransaction): Promise<boolean> => {
  const [first, ...others] = await restsIn(state)
  if (first === undefined) return false
  const { after, ...kind } = first
  const last = await state.records.touch(kind, { after, limit: atOnce })
  const rests = last === null ? others : [{ ...kind, after: last }, ...others]
  await keepRests(state, rests)
  return rests.length > 0
}

/**
 * Marks what was asked for, page by page. Each page is stored together with how far it is, and is a place to stop at: the next run
 * goes on behind it.
 */
export const touchAsked = async (context: SyncContext): Promise<void> => {
  while (await inState(context, touchPage)) {
    await giveWay(context)
    await context.boundary()
  }
}
