import type { ActiveCampaignObservation, DynamicsObservation } from '../model/observation.ts'
import type { ActiveCampaignCandidate, DynamicsCandidate } from '../model/record.ts'

/** Who has the e-mail that a row gets from its contact, or the key that nobody has looked up yet; false where it gets none. */
export type WayOfRow = false | { readonly key: string } | { readonly rivals: readonly DynamicsCandidate[] }

/** Whether a contact gives its e-mail up in the plan that is being made. */
export type GivesUp =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  /** It would, if somebody did first who waits for it. */
  | { readonly kind: 'circle' }
  | { readonly kind: 'unknown'; readonly key: string }

/** The same, or the one on whom it depends. */
export type WayOfContact = GivesUp | { readonly kind: 'if'; readonly other: ActiveCampaignCandidate }

/** Where e-mails go within a batch. Each record is looked at once, however many chains of others lead over it. */
export interface Ways {
  readonly ofRows: Map<DynamicsObservation, WayOfRow>
  readonly ofContacts: Map<ActiveCampaignObservation, WayOfContact>
}

export const noWays = (): Ways => ({ ofRows: new Map(), ofContacts: new Map() })

/** What is known of a record, else what is found out now. */
export const wayOf = <Of, Way>(known: Map<Of, Way>, record: Of, findOut: () => Way): Way => {
  const found = known.get(record)
  if (found !== undefined) return found
  const way = findOut()
  known.set(record, way)
  return way
}
