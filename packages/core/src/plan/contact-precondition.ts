import type { Preconditions } from '../actions/action-base.ts'
import { compareText } from '../compare.ts'
import { hashFields } from '../hash-fields.ts'
import { type Base, unsubscribedBySync } from '../model/link.ts'
import type { ActiveCampaignObservation } from '../model/observation.ts'

/** ActiveCampaign has no ETag: an action stands on what it saw of the fields it settles. */
export const contactPrecondition = (
  { fields }: ActiveCampaignObservation,
  settles: Base,
): Pick<Preconditions, 'activeCampaignHash' | 'activeCampaignFields'> => {
  const names = Object.keys(settles.activeCampaign)
    .filter((name) => name !== unsubscribedBySync)
    .sort(compareText)
  return { activeCampaignHash: hashFields(fields, names), activeCampaignFields: names }
}
