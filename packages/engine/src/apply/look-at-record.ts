import { type CustomObjectRecord, isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { ApplyContext } from './apply-context.ts'

/** The record of an external id as ActiveCampaign has it at this moment; undefined when there is none. */
export const lookAtRecord = async (
  { activeCampaign, signal }: ApplyContext,
  schemaId: string,
  externalId: string,
): Promise<CustomObjectRecord | undefined> => {
  const { records } = activeCampaign.customObjects
  try {
    return await records.getByExternalId(schemaId, externalId, signal ? { signal } : undefined)
  } catch (error) {
    if (isActiveCampaignError(error) && error.code === 'not-found') return undefined
    throw error
  }
}
