import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'
import type { Tallies } from './tally.ts'

const name = 'health/tallies'

/** Keeps what the last pass over everything found: what a health view tells without planning anew. */
export const saveTallies = ({ cursors }: StateTransaction, tallies: Tallies): Promise<void> =>
  cursors.set(name, JSON.stringify(tallies))

/** Keeps what a plan found. It tries nothing: what a service refused the last time counts until something is tried again. */
export const savePlannedTallies = async (state: StateTransaction, tallies: Tallies): Promise<void> => {
  const before = await lastTallies(state)
  const kept = Object.entries(tallies).map(([entity, tally]) => {
    const refused = before[entity]?.refused
    return [entity, refused === undefined ? tally : { ...tally, refused }] as const
  })
  await saveTallies(state, Object.fromEntries(kept))
}

export const lastTallies = async ({ cursors }: StateTransaction): Promise<Tallies> => {
  const text = await cursors.get(name)
  return text === null ? {} : fromText<Tallies>(text)
}
