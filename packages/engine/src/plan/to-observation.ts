import type { ActiveCampaignObservation, DynamicsObservation, Link } from '@dynacamp/core'
import type { EntityName } from '@dynacamp/mapping-dsl'
import type { StoredLink, StoredRecord } from '../state/state-store.ts'

export const toDynamicsObservation = (record: StoredRecord): DynamicsObservation => ({
  id: record.id,
  etag: record.version,
  fields: record.fields,
  active: record.active,
  ...(typeof record.fields.createdon === 'string' && { createdOn: record.fields.createdon }),
  ...(record.updatedOn !== null && { modifiedOn: record.updatedOn }),
})

export const toActiveCampaignObservation = (record: StoredRecord): ActiveCampaignObservation => ({
  id: record.id,
  fields: record.fields,
  tags: record.tags,
  ...(record.lists && { lists: record.lists }),
  ...(record.updatedOn !== null && { updatedOn: record.updatedOn }),
})

export const toLink = (entity: EntityName, link: StoredLink): Link => ({
  id: link.id,
  entity,
  dynamicsId: link.dynamicsId,
  activeCampaignId: link.activeCampaignId,
  base: link.base,
})
