import {
  type ActiveCampaignObservation,
  type Deleted,
  isDeleted,
  unreadableFields,
} from '../model/observation.ts'
import type { Subject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { holdRecord } from './hold-field.ts'

/**
 * Holds a record of which the side in ActiveCampaign could not be read; says whether it is one. What is not understood is neither a
 * change nor a blank, so nothing is done about any of its fields, nor about its link. Rows of D365 come as they are: an odd value there
 * holds its field.
 */
export const holdUnreadable = (
  { ledger }: BatchContext,
  observed: ActiveCampaignObservation | Deleted | undefined,
  subjectOf: () => Subject,
): boolean => {
  if (observed === undefined || isDeleted(observed)) return false
  const names = observed.fields[unreadableFields]
  if (typeof names !== 'string') return false
  holdRecord(ledger, subjectOf(), 'unreadable', {
    message: `ActiveCampaign tells ${names} of record ${observed.id} in a way that cannot be read.`,
    resolve: [`Correct ${names} in ActiveCampaign, or ask its support; each run reads the record again.`],
  })
  return true
}
