import { minutesToMilliseconds } from 'date-fns/minutesToMilliseconds'
import type { StateTransaction } from '../state/state-store.ts'

const begun = 'activecampaign/accounts/being-read-since'
const ended = 'activecampaign/accounts/read-at'

/** A step that goes on with what was read for one before takes names that are no older than this. */
const freshMs = minutesToMilliseconds(10)

/** A reading of all accounts begins at the front. */
export const beginNames = ({ cursors }: StateTransaction, nowMs: number): Promise<void> =>
  cursors.set(begun, String(nowMs))

/** It has ended, in as many goes as it took: names are as old as its first page. */
export const endNames = async ({ cursors }: StateTransaction): Promise<void> =>
  cursors.set(ended, (await cursors.get(begun)) ?? '')

/** Whether all accounts were read in the step that began at this time (epoch milliseconds), or a moment before. */
export const areNamesRead = async ({ cursors }: StateTransaction, startedAtMs: number): Promise<boolean> => {
  const at = await cursors.get(ended)
  return at !== null && at !== '' && startedAtMs - Number(at) < freshMs
}
