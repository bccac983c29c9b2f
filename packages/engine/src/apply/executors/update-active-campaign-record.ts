import { hashFields, type UpdateActiveCampaignRecord } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState } from '../../context.ts'
import { knownObject, recordKind } from '../../custom-object/known-object.ts'
import { holds, storedRecord } from '../../custom-object/record.ts'
import type { ApplyContext } from '../apply-context.ts'
import { lookAtRecord } from '../look-at-record.ts'
import type { Execution } from '../outcome.ts'
import { completeRecord, contactIdOf, saveRecord } from '../save-record.ts'
import { contactNotLinked, noObject, recordChanged, recordGone } from '../stale-record.ts'
import { writtenRecord } from '../written-record.ts'

/**
 * Updates the record, after one more look at it: what the write leaves out may be cleared, fields that are switched off and those
 * of others among it, so all of it is sent. A record that holds the changes already is not written again.
 */
export const updateActiveCampaignRecord = async (
  context: ApplyContext,
  entity: CompiledEntity,
  action: UpdateActiveCampaignRecord,
): Promise<Execution> => {
  const { activeCampaignId: externalId, changes, preconditions } = action
  const known = await inState(context, (state) => knownObject(state, entity))
  if (known?.schemaId == null) return noObject
  const { schemaId } = known
  const contactId = action.contact === null ? null : await contactIdOf(context, action.contact)
  if (action.contact !== null && contactId === null) return contactNotLinked
  const now = await lookAtRecord(context, schemaId, externalId)
  if (now === undefined) return recordGone({ ...recordKind, id: externalId })
  const stored = storedRecord(entity, now, externalId)
  if (holds(entity, stored, changes, contactId)) return writtenRecord(entity, action, now)
  const { activeCampaignHash, activeCampaignFields = [] } = preconditions
  if (
    activeCampaignHash !== undefined &&
    hashFields(stored.fields, activeCampaignFields) !== activeCampaignHash
  ) {
    return { ...recordChanged, seen: stored }
  }
  const record = completeRecord(known, now, { externalId, changes, contactId })
  const saved = await saveRecord(context, entity, { schemaId, record, changes, contactId })
  return writtenRecord(entity, action, saved)
}
