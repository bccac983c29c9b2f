import type { RecordKind } from '../state/state-store.ts'
import type { Execution } from './outcome.ts'

const stale = (code: string, message: string) => ({ status: 'stale', code, message }) as const

/** The custom object is not there, so neither are its records. */
export const noObject: Execution = stale(
  'object-gone',
  'The custom object is not there in ActiveCampaign; the next plan looks again.',
)

/** The contact was to be made or found by an action that this one waited for, and is not linked. */
export const contactNotLinked: Execution = stale(
  'contact-not-linked',
  'The contact of the opportunity is not linked; the next plan looks again.',
)

/** The record is not what the plan was made from. */
export const recordChanged = stale(
  'record-changed',
  'The record changed in ActiveCampaign after the plan; the next plan merges it.',
)

/** A record that nobody made for this sync has the row's GUID. */
export const recordExists = stale(
  'record-exists',
  'ActiveCampaign has a record of this opportunity already; the next plan merges the two.',
)

/** The record was deleted. */
export const recordGone = (gone: RecordKind & { readonly id: string }): Execution => ({
  ...stale('record-gone', 'The record was deleted in ActiveCampaign after the plan.'),
  gone,
})
