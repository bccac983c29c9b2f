import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { CustomFieldIds } from '../observe/custom-fields.ts'
import { beginFullReading, endFullReading } from '../observe/full-reading.ts'
import { noteFieldIds } from '../observe/replaced-fields.ts'
import type { StateTransaction } from '../state/state-store.ts'

const name = 'activecampaign/missing-fields'

const missingBefore = async ({ cursors }: StateTransaction): Promise<readonly string[]> =>
  ((await cursors.get(name)) ?? '').split(' ').filter((field) => field !== '')

/** Whether contacts were read while the account lacked a mapped custom field, and no full reading was begun since. */
export const wasReadWithoutFields = async (state: StateTransaction): Promise<boolean> =>
  (await missingBefore(state)).length > 0

/**
 * Notes which mapped custom fields ActiveCampaign has by now, and which it lacks. Where one is there again, what was read without it has
 * to be read anew, or what it holds would look like a blank; so has what was read of another field of the same tag. A full reading is begun in
 * the same transaction, which goes on until it has ended.
 */
export const noteFields = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  { ids, missing }: { readonly ids: CustomFieldIds; readonly missing: readonly string[] },
): Promise<void> => {
  const before = await missingBefore(state)
  const now = missing.join(' ')
  if (before.join(' ') !== now) await state.cursors.set(name, now)
  const isReplaced = await noteFieldIds(state, ids)
  if (!isReplaced && before.every((field) => missing.includes(field))) return
  // One that goes on has read contacts without the field.
  await endFullReading(state)
  await beginFullReading(state, definition)
}
