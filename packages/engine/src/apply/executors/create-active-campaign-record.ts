import { type CreateActiveCampaignRecord, contactRelationship } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState } from '../../context.ts'
import { knownObject } from '../../custom-object/known-object.ts'
import { holds, storedRecord } from '../../custom-object/record.ts'
import type { ApplyContext } from '../apply-context.ts'
import { earlierAttempts } from '../earlier-attempts.ts'
import { lookAtRecord } from '../look-at-record.ts'
import type { Execution } from '../outcome.ts'
import { completeRecord, contactIdOf, saveRecord } from '../save-record.ts'
import { contactNotLinked, noObject, recordExists } from '../stale-record.ts'
import { writtenRecord } from '../written-record.ts'

/**
 * Makes the record under the row's own GUID. Where an earlier attempt may have made it already, there is a look first: a record
 * that is there as it should be is not written again, and one that still is what that attempt wrote is brought up to date.
 */
export const createActiveCampaignRecord = async (
  context: ApplyContext,
  entity: CompiledEntity,
  action: CreateActiveCampaignRecord,
): Promise<Execution> => {
  const { activeCampaignId: externalId, changes } = action
  const known = await inState(context, (state) => knownObject(state, entity))
  if (known?.schemaId == null) return noObject
  const { schemaId } = known
  const contactId = await contactIdOf(context, action.contact)
  if (contactId === null) return contactNotLinked
  const attempts = await earlierAttempts(context, action)
  const found = attempts.length === 0 ? undefined : await lookAtRecord(context, schemaId, externalId)
  if (found !== undefined) {
    const stored = storedRecord(entity, found, externalId)
    if (holds(entity, stored, changes, contactId)) return writtenRecord(entity, action, found)
    const isOurs = attempts.some((attempt) =>
      holds(entity, stored, attempt.changes, stored.fields[contactRelationship] ?? null),
    )
    if (!isOurs) return { ...recordExists, seen: stored }
  }
  const record = completeRecord(known, found, { externalId, changes, contactId })
  const saved = await saveRecord(context, entity, { schemaId, record, changes, contactId })
  return writtenRecord(entity, action, saved)
}
