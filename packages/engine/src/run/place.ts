import type { CompiledDefinition, CompiledEntity, EntityName } from '@dynacamp/mapping-dsl'
import type { BatchPlace } from '../plan/dirty-batches.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

/** How far a run has gone through what is dirty. */
export interface RunPlace extends BatchPlace {
  readonly entity: EntityName
  /** From the front up to here there was nothing to do. */
  readonly idle: boolean
}

const name = 'run/place'

/** Entities that are gone through: all, or those from the one of the place on. */
export const entitiesFrom = (
  { entities }: CompiledDefinition,
  from: Pick<RunPlace, 'entity'> | null,
): readonly CompiledEntity[] => {
  const index = entities.findIndex(({ entity }) => entity === from?.entity)
  return entities.slice(Math.max(index, 0))
}

/**
 * Where a run that met its deadline has stopped; null where the next one begins at the front. What is held or excluded stays dirty: begun
 * at the front each time, runs with short deadlines would never get behind it.
 */
export const takePlace = async ({ cursors }: StateTransaction): Promise<RunPlace | null> => {
  const text = await cursors.get(name)
  await cursors.set(name, '')
  return text === null || text === '' ? null : fromText<RunPlace>(text)
}

/** The next run goes on behind it. */
export const leavePlace = ({ cursors }: StateTransaction, place: RunPlace): Promise<void> =>
  cursors.set(name, JSON.stringify(place))
