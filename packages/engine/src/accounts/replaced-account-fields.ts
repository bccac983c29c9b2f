import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { MissingFieldError } from '../errors/missing-field-error.ts'
import { clearListPlace } from '../observe/list-place.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'
import {
  type AccountFields,
  findAccountFields,
  isStandardAccountField,
  knownAccountFields,
  rememberAccountFields,
} from './account-fields.ts'

/** Tags of fields that are other ones since accounts were read, until all accounts were read with them. */
const name = 'activecampaign/accounts/fields-replaced'

export const replacedAccountFields = async ({ cursors }: StateTransaction): Promise<readonly string[]> =>
  fromText<readonly string[]>((await cursors.get(name)) || '[]')

const replacedAmong = async (state: StateTransaction, fields: AccountFields): Promise<readonly string[]> => {
  const known = await knownAccountFields(state)
  return Object.entries(fields).flatMap(([tag, { id }]) =>
    known[tag] === undefined || known[tag].id === id ? [] : [tag],
  )
}

/** Notes which fields these are by now. Where one of them is another one, accounts are read from the front. */
export const noteAccountFields = async (state: StateTransaction, fields: AccountFields): Promise<void> => {
  const replaced = await replacedAmong(state, fields)
  await rememberAccountFields(state, fields)
  if (replaced.length === 0) return
  const all = new Set([...(await replacedAccountFields(state)), ...replaced])
  await state.cursors.set(name, JSON.stringify([...all]))
  for (const list of ['account-values', 'accounts'] as const) await clearListPlace(state.cursors, list)
}

/** All accounts were read with the fields that are there now. */
export const endReplacedAccountFields = async (state: StateTransaction): Promise<void> => {
  if ((await replacedAccountFields(state)).length > 0) await state.cursors.set(name, '')
}

/**
 * Whether the fields of accounts are those that accounts were read with: a call, where any are mapped. Else a single account would look as if
 * somebody had emptied it.
 */
export const areAccountFieldsAsRead = async (
  context: SyncContext,
  entity: CompiledEntity,
): Promise<boolean> => {
  if (entity.fieldsRead.every(isStandardAccountField)) return true
  try {
    const fields = await findAccountFields(context.activeCampaign, entity, context.signal)
    return await inState(context, async (state) => {
      const isReplaced = (await replacedAmong(state, fields)).length > 0
      return !isReplaced && (await replacedAccountFields(state)).length === 0
    })
  } catch (error) {
    if (error instanceof MissingFieldError) return false
    throw error
  }
}
