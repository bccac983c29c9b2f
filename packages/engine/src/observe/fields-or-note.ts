import type { SyncContext } from '../context.ts'
import { MissingFieldError } from '../errors/missing-field-error.ts'
import { type CustomFieldIds, lookForCustomFields } from './custom-fields.ts'
import { peopleIn, tryRead } from './read-or-note.ts'

/**
 * Finds the custom fields of contacts that are mapped; undefined where the service does not tell, so that people are left alone:
 * `context.unread` says so.
 */
export const lookForFieldsOrNote = (
  context: SyncContext,
): Promise<Awaited<ReturnType<typeof lookForCustomFields>> | undefined> => {
  const { activeCampaign, definition, signal, unread } = context
  return tryRead(context, unread, peopleIn(definition), () =>
    lookForCustomFields(activeCampaign, definition.entities, signal),
  )
}

/**
 * The same for a step that does not work without a mapped field; none where the service does not tell.
 *
 * @throws MissingFieldError when the account lacks a mapped field.
 */
export const findFieldsOrNote = async (context: SyncContext): Promise<CustomFieldIds> => {
  const { ids, missing } = (await lookForFieldsOrNote(context)) ?? { ids: new Map(), missing: [] }
  if (missing.length > 0) throw new MissingFieldError(missing)
  return ids
}
