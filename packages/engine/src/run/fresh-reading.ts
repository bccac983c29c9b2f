import { minutesToMilliseconds } from 'date-fns/minutesToMilliseconds'
import { isReadingContacts } from '../observe/contact-place.ts'
import type { StateTransaction } from '../state/state-store.ts'

const name = 'run/read-at'

/** For so long the reading of a run that met its deadline is good enough for the next one. */
const freshMs = minutesToMilliseconds(10)

/**
 * When both sides were read for a run that met its deadline a short while ago: the next run goes on from there and need not read
 * them again. Used once: a run that ends in any other way, or whose process is killed, may have written what only a reading shows.
 * Null, too, where the run had begun to read contacts again: those would be planned from half of what they hold.
 */
export const takeReading = async (state: StateTransaction, nowMs: number): Promise<number | null> => {
  const text = await state.cursors.get(name)
  await state.cursors.set(name, '')
  if (text === null || text === '' || (await isReadingContacts(state))) return null
  return Math.abs(nowMs - Number(text)) < freshMs ? Number(text) : null
}

/** Leaves a reading to the next run. */
export const leaveReading = ({ cursors }: StateTransaction, readAtMs: number): Promise<void> =>
  cursors.set(name, String(readAtMs))
