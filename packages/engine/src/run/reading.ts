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
 * Forgets the hints that a complete reading has made moot. Who signed up to a list again shows in no reading, so where lists are
 * watched the hints of ActiveCampaign stay.
 */
export const dropMootHints = async (
  { hints }: StateTransaction,
  definition: CompiledDefinition,
  { lastHint }: ReadingBegin,
): Promise<void> => {
  if (lastHint === null) return
  await hints.forget('dynamics', lastHint)
  if (!watchesOptOuts(definition)) await hints.forget('activeCampaign', lastHint)
}
