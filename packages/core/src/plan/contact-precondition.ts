import type { Preconditions } from '../actions/action-base.ts'
import { compareText } from '../compare.ts'
import { hashFields } from '../hash-fields.ts'
import type { FieldChange } from '../model/field-change.ts'
import { type Base, unsubscribedBySync } from '../model/link.ts'
import type { ActiveCampaignObservation } from '../model/observation.ts'

/** ActiveCampaign has no ETag: an action stands on what it saw of the fields that it settles, or writes there. */
export const contactPrecondition = (
  { fields }: ActiveCampaignObservation,
  settles: Base,
  written: readonly FieldChange[] = [],
): Pick<Preconditions, 'activeCampaignHash' | 'activeCampaignFields'> => {
  const seen = new Set(Object.keys(settles.activeCampaign))
  for (const { field } of written) seen.add(field)
  seen.delete(unsubscribedBySync)
  const names = [...seen].sort(compareText)
  return { activeCampaignHash: hashFields(fields, names), activeCampaignFields: names }
}
