import type { GuardTallySoFar } from '@dynacamp/core'
import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import { hoursToMilliseconds } from 'date-fns/hoursToMilliseconds'
import type { BatchPlace } from '../plan/dirty-batches.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

const name = 'run/guard-count'

/** What was counted longer ago than this is counted anew. */
const goodForMs = hoursToMilliseconds(24)

/** How far a run has counted what guards measure. */
export interface GuardCount {
  /** For which definition. */
  readonly hash: string
  /** Epoch milliseconds. */
  readonly begunAtMs: number
  /** Behind this the counting goes on; null when everything was counted. */
  readonly place: (BatchPlace & { readonly entity: EntityName }) | null
  readonly soFar: GuardTallySoFar
  /** Entities that were passed over, as they could not be read. */
  readonly unread: readonly string[]
}

export const saveGuardCount = ({ cursors }: StateTransaction, count: GuardCount): Promise<void> =>
  cursors.set(name, JSON.stringify(count))

/** The next run counts from the front. */
export const forgetGuardCount = ({ cursors }: StateTransaction): Promise<void> => cursors.set(name, '')

/** The count that a run before has begun for this definition; null where there is none to go on with. */
export const guardCountOf = async (
  { cursors }: StateTransaction,
  { hash }: CompiledDefinition,
  nowMs: number,
): Promise<GuardCount | null> => {
  const text = await cursors.get(name)
  if (text === null || text === '') return null
  const count = fromText<GuardCount>(text)
  return count.hash === hash && Math.abs(nowMs - count.begunAtMs) < goodForMs ? count : null
}
