import { type CreateActiveCampaignRecord, contactRelationship } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState } from '../../context.ts'
import { knownObject } from '../../custom-object/known-object.ts'
import { holds, storedRecord } from '../../custom-object/record.ts'
import type { ApplyContext } from '../apply-context.ts'
import { lookAtRecord } from '../look-at-record.ts'
import type { Execution } from '../outcome.ts'
import { contactIdOf, fieldValues, saveRecord } from '../save-record.ts'
import { contactNotLinked, noObject } from '../stale-record.ts'

/**
 * Makes the record under the row's own GUID, after a look whether an earlier run did: it would be found and written again, which
 * starts automations.
 */
export const createActiveCampaignRecord = async (
  context: ApplyContext,
  entity: CompiledEntity,
  action: CreateActiveCampaignRecord,
): Promise<Execution> => {
  const { dynamicsId, activeCampaignId: externalId, changes } = action
  const known = await inState(context, (state) => knownObject(state, entity))
  if (known?.schemaId == null) return noObject
  const { schemaId } = known
  const contactId = await contactIdOf(context, action.contact)
  if (contactId === null) return contactNotLinked
  const done = (record: Parameters<typeof storedRecord>[1]): Execution => {
    const stored = storedRecord(entity, record, externalId)
    const link = { dynamicsId, activeCampaignId: externalId, answered: { activeCampaign: stored.fields } }
    return { status: 'done', records: [stored], link }
  }
  const before = await lookAtRecord(context, schemaId, externalId)
  if (before !== undefined) {
    const stored = storedRecord(entity, before, externalId)
    if (holds(entity, stored, changes, contactId)) return done(before)
    return {
      status: 'stale',
      code: 'record-exists',
      message: 'ActiveCampaign has a record of this opportunity already; the next plan merges the two.',
      seen: stored,
    }
  }
  const record = {
    externalId,
    fields: fieldValues(changes),
    relationships: { [contactRelationship]: [contactId] },
  }
  return done(await saveRecord(context, entity, { schemaId, record, changes, contactId }))
}
