import type { StateTransaction } from '../state/state-store.ts'

const name = 'activecampaign/missing-fields'

/**
 * Notes which mapped custom fields ActiveCampaign lacks by now. True where one is there again: what was read without it has to be read
 * anew, or what it holds would look like a blank.
 */
export const noteMissingFields = async (
  { cursors }: StateTransaction,
  missing: readonly string[],
): Promise<boolean> => {
  const before = ((await cursors.get(name)) ?? '').split(' ').filter((field) => field !== '')
  const now = missing.join(' ')
  if (before.join(' ') !== now) await cursors.set(name, now)
  return before.some((field) => !missing.includes(field))
}
