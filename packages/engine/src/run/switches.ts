import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

const power = 'sync/switch'
/** Not `sync/initial`, where versions before write `done` for all entities. */
const initial = 'sync/initial-ends'

/** Whether the host switched the sync off. A tenant that was never switched either way is on: calling `run` is meant. */
export const isOff = async ({ cursors }: StateTransaction): Promise<boolean> =>
  (await cursors.get(power)) === 'off'

export const setSwitch = ({ cursors }: StateTransaction, to: 'on' | 'off'): Promise<void> =>
  cursors.set(power, to)

/** When the initial sync of each entity ended, epoch milliseconds. */
export const initialEnds = async ({
  cursors,
}: StateTransaction): Promise<Readonly<Partial<Record<EntityName, number>>>> => {
  const text = await cursors.get(initial)
  return text === null ? {} : fromText<Partial<Record<EntityName, number>>>(text)
}

/** Entities of which what was there at the beginning is still to be synced for the first time: all, or one that was added later. */
export const initialEntities = async (
  state: StateTransaction,
  { entities }: Pick<CompiledDefinition, 'entities'>,
): Promise<ReadonlySet<EntityName>> => {
  const ends = await initialEnds(state)
  return new Set(entities.map(({ entity }) => entity).filter((entity) => ends[entity] === undefined))
}

/** The initial sync of these entities is over; it happens once. */
export const endInitial = async (
  state: StateTransaction,
  entities: readonly EntityName[],
  nowMs: number,
): Promise<void> => {
  const ends = { ...(await initialEnds(state)), ...Object.fromEntries(entities.map((name) => [name, nowMs])) }
  await state.cursors.set(initial, JSON.stringify(ends))
}
