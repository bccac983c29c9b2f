import type { CustomObjectRecord } from '@dynacamp/activecampaign-client'
import type { CreateActiveCampaignRecord, UpdateActiveCampaignRecord } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { storedRecord } from '../custom-object/record.ts'
import type { Execution } from './outcome.ts'

/** The record is as the action wants it: what the service answered becomes what the state knows, and the base. */
export const writtenRecord = (
  entity: CompiledEntity,
  { dynamicsId, activeCampaignId }: CreateActiveCampaignRecord | UpdateActiveCampaignRecord,
  record: CustomObjectRecord,
): Execution => {
  const stored = storedRecord(entity, record, activeCampaignId)
  const answered = { activeCampaign: stored.fields }
  return { status: 'done', records: [stored], link: { dynamicsId, activeCampaignId, answered } }
}
