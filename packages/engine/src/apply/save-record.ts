import type { CustomObjectRecord, RecordInput } from '@dynacamp/activecampaign-client'
import { contactRelationship, type FieldChange, type RelatedContact } from '@dynacamp/core'
import { isUnknownOutcomeError } from '@dynacamp/http'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState } from '../context.ts'
import type { KnownObject } from '../custom-object/known-object.ts'
import { holds, storedRecord } from '../custom-object/record.ts'
import type { ApplyContext } from './apply-context.ts'
import { lookAtRecord } from './look-at-record.ts'

/** The contact's id: planned, or learned since by the action that this one waited for. Null when there is none yet. */
export const contactIdOf = async (context: ApplyContext, contact: RelatedContact): Promise<string | null> => {
  const { entity, dynamicsId, activeCampaignId } = contact
  if (activeCampaignId !== null) return activeCampaignId
  const links = await inState(context, (state) => state.links.of({ side: 'dynamics', entity }, [dynamicsId]))
  return links[0]?.activeCampaignId ?? null
}

/** Values by field, as the service takes them: what is cleared is null. */
const fieldValues = (changes: readonly FieldChange[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    changes
      .filter(({ field }) => field !== contactRelationship)
      .map(({ field, after }) => [field, after === '' ? null : after]),
  )

/**
 * The whole record with these changes: what a write leaves out may be cleared, fields that are switched off and those of others
 * among it. Values of fields that somebody deleted are left away: the service refuses them.
 */
export const completeRecord = (
  { observed }: KnownObject,
  now: CustomObjectRecord | undefined,
  { externalId, changes, contactId }: Pick<Save, 'changes' | 'contactId'> & { readonly externalId: string },
): Save['record'] => {
  const fields = observed === null || observed === 'unavailable' ? [] : observed.fields
  const live = new Set(fields.map(({ id }) => id))
  const kept = Object.fromEntries(Object.entries(now?.fields ?? {}).filter(([id]) => live.has(id)))
  return {
    externalId,
    fields: { ...kept, ...fieldValues(changes) },
    relationships: {
      ...now?.relationships,
      ...(contactId !== null && { [contactRelationship]: [contactId] }),
    },
  }
}

/** What is saved, and how it is recognised where the answer was lost. */
interface Save {
  readonly schemaId: string
  readonly record: RecordInput & { readonly externalId: string }
  readonly changes: readonly FieldChange[]
  readonly contactId: string | null
}

/**
 * Saves a record once. Saved again it would start the automations of an update, so a lost answer is looked up: what is there as
 * it was sent was saved.
 *
 * @throws UnknownOutcomeError when it is not there: the save may still be on its way.
 */
export const saveRecord = async (
  context: ApplyContext,
  entity: CompiledEntity,
  { schemaId, record, changes, contactId }: Save,
): Promise<CustomObjectRecord> => {
  const { activeCampaign, signal } = context
  try {
    const options = { once: true, ...(signal && { signal }) }
    return await activeCampaign.customObjects.records.save(schemaId, record, options)
  } catch (error) {
    if (!isUnknownOutcomeError(error)) throw error
    // Where the look fails too, it is the save that nobody knows about.
    const found = await lookAtRecord(context, schemaId, record.externalId).catch(() => {
      throw error
    })
    const saved =
      found !== undefined && holds(entity, storedRecord(entity, found, record.externalId), changes, contactId)
    if (!saved) throw error
    return found
  }
}
