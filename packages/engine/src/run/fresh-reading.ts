import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { hoursToMilliseconds } from 'date-fns/hoursToMilliseconds'
import { minutesToMilliseconds } from 'date-fns/minutesToMilliseconds'
import { isReadingContacts } from '../observe/contact-place.ts'
import { isObservedFor } from '../observe/remember-definition.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

const name = 'run/read-at'
const fullName = 'run/read-fully-at'

/** For so long what a run has read, and left undone, is good enough for the next one. */
const freshMs = minutesToMilliseconds(10)

/** However many runs go on with it, a full reading is good for no longer. */
const fullMs = hoursToMilliseconds(24)

/** A complete reading of both sides: when it began and when it ended, epoch milliseconds. */
export interface Reading {
  readonly fromMs: number
  readonly readAtMs: number
}

/**
 * What was read for a run that met its deadline a short while ago: the next run goes on from there and need not read
 * again. Used once: a run that ends in any other way, or whose process is killed, may have written what only a reading shows.
 * Null, too, where the run had begun to read contacts again, or had another definition: records would be planned from half of what
 * they hold.
 */
export const takeReading = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  nowMs: number,
): Promise<Reading | null> => {
  const text = await state.cursors.get(name)
  await state.cursors.set(name, '')
  if (text === null || text === '' || (await isReadingContacts(state))) return null
  if (!(await isObservedFor(state, definition))) return null
  const reading = fromText<Reading>(text)
  return Math.abs(nowMs - reading.readAtMs) < freshMs ? reading : null
}

/** Leaves a reading to the next run. */
export const leaveReading = ({ cursors }: StateTransaction, reading: Reading): Promise<void> =>
  cursors.set(name, JSON.stringify(reading))

/** When a full reading ended, and when a run that went on with it did: epoch milliseconds. */
interface FullReading {
  readonly readAtMs: number
  readonly leftAtMs: number
}

/**
 * When everything was read for a run that stopped early a short while ago, epoch milliseconds: asked for it again, the next one need
 * not. Otherwise null.
 */
export const takeFullReading = async (
  { cursors }: StateTransaction,
  nowMs: number,
): Promise<number | null> => {
  const text = await cursors.get(fullName)
  await cursors.set(fullName, '')
  if (text === null || text === '') return null
  const { readAtMs, leftAtMs } = fromText<FullReading>(text)
  const isFresh = Math.abs(nowMs - leftAtMs) < freshMs && Math.abs(nowMs - readAtMs) < fullMs
  return isFresh ? readAtMs : null
}

/** Says so to the next run. */
export const leaveFullReading = ({ cursors }: StateTransaction, reading: FullReading): Promise<void> =>
  cursors.set(fullName, JSON.stringify(reading))
