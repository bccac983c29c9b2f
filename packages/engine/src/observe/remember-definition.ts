import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { endOf } from '../state/ends.ts'
import type { StateTransaction } from '../state/state-store.ts'

const name = 'definition'

/** Whether what the state observed was observed for this very definition. */
export const isObservedFor = async (
  { cursors }: StateTransaction,
  { recordsHash }: CompiledDefinition,
): Promise<boolean> => (await cursors.get(name)) === recordsHash

/**
 * What is being read for another definition is that one's from its first page on: an interrupted reading, and a definition that is
 * taken back, must not be taken for the one of before.
 */
export const forgetDefinition = ({ cursors }: StateTransaction): Promise<void> => cursors.set(name, '')

/**
 * Notes, after a complete reading, which definition it was made for. When that is a new one every record becomes dirty, as
 * newly mapped fields were never compared.
 */
export const rememberDefinition = async (
  { cursors, records }: StateTransaction,
  { recordsHash, entities }: CompiledDefinition,
): Promise<void> => {
  for (const { entity } of entities) {
    await records.touch(endOf(entity, 'dynamics'))
    await records.touch(endOf(entity, 'activeCampaign'))
  }
  await cursors.set(name, recordsHash)
}
