import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { beginFullReading, endFullReading } from '../observe/full-reading.ts'
import type { StateTransaction } from '../state/state-store.ts'

const name = 'activecampaign/missing-fields'

const missingBefore = async ({ cursors }: StateTransaction): Promise<readonly string[]> =>
  ((await cursors.get(name)) ?? '').split(' ').filter((field) => field !== '')

/** Whether contacts were read while the account lacked a mapped custom field, and no full reading was begun since. */
export const wasReadWithoutFields = async (state: StateTransaction): Promise<boolean> =>
  (await missingBefore(state)).length > 0

/**
 * Notes which mapped custom fields ActiveCampaign lacks by now. Where one is there again, what was read without it has to be read
 * anew, or what it holds would look like a blank: a full reading is begun in the same transaction, which goes on until it has ended.
 */
export const noteMissingFields = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  missing: readonly string[],
): Promise<void> => {
  const before = await missingBefore(state)
  const now = missing.join(' ')
  if (before.join(' ') !== now) await state.cursors.set(name, now)
  if (before.every((field) => missing.includes(field))) return
  // One that goes on has read contacts without the field.
  await endFullReading(state)
  await beginFullReading(state, definition)
}
