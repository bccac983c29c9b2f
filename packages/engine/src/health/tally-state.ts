import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'
import type { Tallies } from './tally.ts'

const name = 'health/tallies'

/** Keeps what the last pass over everything found: what a health view tells without planning anew. */
export const saveTallies = ({ cursors }: StateTransaction, tallies: Tallies): Promise<void> =>
  cursors.set(name, JSON.stringify(tallies))

export const lastTallies = async ({ cursors }: StateTransaction): Promise<Tallies> => {
  const text = await cursors.get(name)
  return text === null ? {} : fromText<Tallies>(text)
}
