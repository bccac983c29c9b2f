import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { StateTransaction } from '../state/state-store.ts'
import { beginContactsAnew } from './contact-place.ts'
import { clearListPlaces } from './list-place.ts'
import { beginAnew } from './observe-dynamics.ts'
import { forgetDefinition, isObservedFor } from './remember-definition.ts'
import { forgetStages } from './stages.ts'

/** For which definition everything is being read. */
const name = 'reading/everything'

/** Whether everything is being read for this definition: a reading that was begun and has not ended. */
export const isReadingEverything = async (
  { cursors }: StateTransaction,
  { recordsHash }: CompiledDefinition,
): Promise<boolean> => (await cursors.get(name)) === recordsHash

/**
 * Begins to read everything. One that was begun for this definition, and was interrupted, goes on: begun anew at each deadline it
 * would never end.
 */
export const beginFullReading = async (
  state: StateTransaction,
  definition: CompiledDefinition,
): Promise<void> => {
  if (await isReadingEverything(state, definition)) return
  if (!(await isObservedFor(state, definition))) await forgetDefinition(state)
  const { recordsHash, entities } = definition
  for (const entity of entities) await beginAnew(state, entity)
  await beginContactsAnew(state)
  await clearListPlaces(state)
  await forgetStages(state)
  await state.cursors.set(name, recordsHash)
}

export const endFullReading = ({ cursors }: StateTransaction): Promise<void> => cursors.set(name, '')
