import type { Unread } from '../observe/unread.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'
import type { Tallies } from './tally.ts'

const name = 'health/tallies'

const save = ({ cursors }: StateTransaction, tallies: Tallies): Promise<void> =>
  cursors.set(name, JSON.stringify(tallies))

/**
 * Keeps what the last pass over everything found: what a health view tells without planning anew. Of entities that it has left alone
 * what was found before is still the latest.
 */
export const saveTallies = async (
  state: StateTransaction,
  tallies: Tallies,
  leftAlone: Pick<Unread, 'has'>,
): Promise<void> => {
  const before = Object.entries(await lastTallies(state)).filter(([entity]) => leftAlone.has(entity))
  await save(state, { ...Object.fromEntries(before), ...tallies })
}

/** Keeps what a plan found. It tries nothing: what a service refused the last time counts until something is tried again. */
export const savePlannedTallies = async (state: StateTransaction, tallies: Tallies): Promise<void> => {
  const before = await lastTallies(state)
  const kept = Object.entries(tallies).map(([entity, tally]) => {
    const refused = before[entity]?.refused
    return [entity, refused === undefined ? tally : { ...tally, refused }] as const
  })
  await save(state, Object.fromEntries(kept))
}

export const lastTallies = async ({ cursors }: StateTransaction): Promise<Tallies> => {
  const text = await cursors.get(name)
  return text === null ? {} : fromText<Tallies>(text)
}
