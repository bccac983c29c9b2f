import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { endOf } from '../state/ends.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { beginContactsAnew } from './contact-place.ts'
import { clearListPlaces } from './list-place.ts'
import { beginAnew } from './observe-dynamics.ts'
import { forgetDefinition, isObservedFor } from './remember-definition.ts'
import { forgetStages } from './stages.ts'
import { askToTouch, hasAsked } from './touch-asked.ts'

/** For which definition everything is being read. */
const name = 'reading/everything'

/** Whether everything is being read for this definition: a reading that was begun and has not ended. */
export const isReadingEverything = async (
  { cursors }: StateTransaction,
  { recordsHash }: CompiledDefinition,
): Promise<boolean> => (await cursors.get(name)) === recordsHash

/**
 * Begins to read everything. One that was begun for this definition, and was interrupted, goes on: begun anew at each deadline it
 * would never end. For a new definition every record is to become dirty, as newly mapped fields were never compared.
 */
export const beginFullReading = async (
  state: StateTransaction,
  definition: CompiledDefinition,
): Promise<void> => {
  const { recordsHash, entities } = definition
  const goesOn = await isReadingEverything(state, definition)
  const isNew = !(await isObservedFor(state, definition))
  // One that a version before has begun asks, too.
  if (isNew && !(goesOn && (await hasAsked(state)))) {
    const ends = entities.flatMap(({ entity }) => [
      endOf(entity, 'dynamics'),
      endOf(entity, 'activeCampaign'),
    ])
    await askToTouch(state, ends)
  }
  if (goesOn) return
  if (isNew) await forgetDefinition(state)
  for (const entity of entities) await beginAnew(state, entity)
  await beginContactsAnew(state)
  await clearListPlaces(state)
  await forgetStages(state)
  await state.cursors.set(name, recordsHash)
}

export const endFullReading = ({ cursors }: StateTransaction): Promise<void> => cursors.set(name, '')
