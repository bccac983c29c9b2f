import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
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

/** Notes, after a complete reading, which definition it was made for. */
export const rememberDefinition = (
  { cursors }: StateTransaction,
  { recordsHash }: CompiledDefinition,
): Promise<void> => cursors.set(name, recordsHash)
