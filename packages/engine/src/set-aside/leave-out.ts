import type { Action, RecordInput } from '@dynacamp/core'
import type { EntityName } from '@dynacamp/mapping-dsl'
import type { Batch } from '../plan/dirty-batches.ts'
import type { RecordName } from '../state/kinds.ts'
import { type SetAside, setAsideKey } from '../state/set-aside-state.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { longestMs } from './backoff.ts'
import { nameOfAction, namesOfAction, namesOfInput } from './name-of.ts'
import { seenNow } from './seen.ts'

/** What of a batch is to be planned now. */
export interface Admitted {
  readonly batch: Batch
  /** What of it was set aside, and is tried again. */
  readonly tried: readonly SetAside[]
}

/** Those of these records that are set aside, by key. */
export const findSetAside = async (
  { setAsides }: StateTransaction,
  names: readonly RecordName[],
): Promise<ReadonlyMap<string, SetAside>> => {
  const found = new Map<string, SetAside>()
  for (const group of Map.groupBy(names, ({ side, entity }) => `${side} ${entity}`).values()) {
    const [kind] = group
    if (kind === undefined) continue
    const ids = [...new Set(group.map(({ id }) => id))]
    for (const entry of await setAsides.find(kind, ids)) found.set(setAsideKey(entry), entry)
  }
  return found
}

/** Set aside, of the records of a batch. */
export const setAsideOfInputs = async (
  state: StateTransaction,
  entity: string,
  records: readonly RecordInput[],
): Promise<readonly SetAside[]> => [
  ...(
    await findSetAside(
      state,
      records.flatMap((record) => namesOfInput(entity, record)),
    )
  ).values(),
]

/** Set aside, of the records that a plan acts on. */
export const setAsideOfActions = async (
  state: StateTransaction,
  actions: readonly Action[],
): Promise<readonly SetAside[]> => [
  ...(
    await findSetAside(
      state,
      actions.flatMap((action) => nameOfAction(action) ?? []),
    )
  ).values(),
]

/** Its time has come, or somebody has changed the record since it failed: that may have been the cure. */
const isDue = (entry: SetAside, record: RecordInput, nowMs: number): boolean => {
  if (entry.nextTryAtMs === null) return false
  const waitMs = entry.nextTryAtMs - nowMs
  // A time that is further away was told by a clock that was wrong.
  if (waitMs <= 0 || waitMs > longestMs) return true
  return entry.seen !== null && entry.seen !== seenNow(entry, record)
}

/**
 * Leaves out of a batch what is set aside and not due. Those records stay where others see them: who has their e-mail is
 * still somebody.
 *
 * @param resting - Keys of records that this run leaves to the next one.
 */
export const leaveOut = async (
  state: StateTransaction,
  entity: string,
  batch: Batch,
  { nowMs, resting }: { readonly nowMs: number; readonly resting: ReadonlySet<string> },
): Promise<Admitted> => {
  const names = batch.records.flatMap((record) => namesOfInput(entity, record))
  const found = await findSetAside(state, names)
  if (found.size === 0 && resting.size === 0) return { batch, tried: [] }
  const tried: SetAside[] = []
  const records = batch.records.filter((record) => {
    const keys = namesOfInput(entity, record).map(setAsideKey)
    if (keys.some((key) => resting.has(key))) return false
    const entries = keys.flatMap((key) => found.get(key) ?? [])
    if (!entries.every((entry) => isDue(entry, record, nowMs))) return false
    tried.push(...entries)
    return true
  })
  return { batch: { ...batch, records }, tried }
}

/** What is tried of a part of the batch that was admitted. */
export const triedIn = (
  entity: string,
  { records }: Batch,
  { batch, tried }: Admitted,
): readonly SetAside[] => {
  if (tried.length === 0 || records.length === batch.records.length) return tried
  const inPart = new Set(records.flatMap((record) => namesOfInput(entity, record)).map(setAsideKey))
  return tried.filter((entry) => inPart.has(setAsideKey(entry)))
}

/** Actions on what has been failing since the initial sync of their entity; by their ids. */
export const lateActions = (
  actions: readonly Action[],
  tried: readonly SetAside[],
  ends: Readonly<Partial<Record<EntityName, number>>>,
): ReadonlySet<string> => {
  if (tried.length === 0) return new Set()
  const sinceMs = new Map(tried.map((entry) => [setAsideKey(entry), Date.parse(entry.since)]))
  const isLate = (action: Action): boolean =>
    namesOfAction(action).some(
      (name) => (sinceMs.get(setAsideKey(name)) ?? Infinity) <= (ends[action.entity] ?? -Infinity),
    )
  return new Set(actions.filter(isLate).map(({ id }) => id))
}
