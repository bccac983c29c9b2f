import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { areAccountFieldsAsRead } from '../accounts/replaced-account-fields.ts'
import { readState, type SyncContext } from '../context.ts'
import type { CustomFieldIds } from '../observe/custom-fields.ts'
import { hasReplaced } from '../observe/replaced-fields.ts'
import { wasReadWithoutFields } from './missing-fields.ts'

/** Whether records of these entities were read without a custom field, or with another one: the next run reads them anew. */
export const areFieldsOutdated = async (
  context: SyncContext,
  customFields: CustomFieldIds,
  entities: readonly CompiledEntity[],
): Promise<boolean> => {
  const areContactsOutdated = await readState(
    context,
    async (state) => (await wasReadWithoutFields(state)) || hasReplaced(state, customFields),
  )
  if (areContactsOutdated) return true
  const accounts = entities.find(({ entity }) => entity === 'accounts')
  return accounts !== undefined && !(await areAccountFieldsAsRead(context, accounts))
}
