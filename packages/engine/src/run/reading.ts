import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { watchesOptOuts } from '../observe/read-opt-outs.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

const name = 'run/reading'

/** When a reading of both sides began, epoch milliseconds, and the last hint of before; in as many runs and plans as it takes. */
export interface ReadingBegin {
  readonly fromMs: number
  readonly lastHint: string | null
}

/** A reading begins; one that was interrupted goes on. */
export const beginReading = async (
  { cursors, hints }: StateTransaction,
  nowMs: number,
): Promise<ReadingBegin> => {
  const text = await cursors.get(name)
  if (text !== null && text !== '') return fromText<ReadingBegin>(text)
  const begin = { fromMs: nowMs, lastHint: await hints.last() }
  await cursors.set(name, JSON.stringify(begin))
  return begin
}

/** It is complete. */
export const endReading = ({ cursors }: StateTransaction): Promise<void> => cursors.set(name, '')

/**
 * Forgets the hints that a complete reading has made moot. Of ActiveCampaign a reading of what changed does not show all: not who
 * was deleted, nor accounts that flow outbound only. Who signed up to a list again shows in none, so where lists are watched its
 * hints stay.
 *
 * @param full - Whether everything was read, not only what changed.
 */
export const dropMootHints = async (
  { hints }: StateTransaction,
  definition: CompiledDefinition,
  { lastHint }: ReadingBegin,
  { full }: { readonly full: boolean },
): Promise<void> => {
  if (lastHint === null) return
  await hints.forget('dynamics', lastHint)
  if (full && !watchesOptOuts(definition)) await hints.forget('activeCampaign', lastHint)
}
