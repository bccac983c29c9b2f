import type { EntityName } from '@dynacamp/mapping-dsl'
import type { Link } from './link.ts'
import type { ActiveCampaignObservation, Deleted, DynamicsObservation } from './observation.ts'

/**
 * One record of a batch as its three trees: D365, ActiveCampaign, and the base inside the link.
 *
 * - With a link, both observations are expected; one that is missing is asked for ({@link Need}), one that is gone
 *   is {@link Deleted}.
 * - Without a link, give the side that was seen. The planner looks for the other one in the batch and in the
 *   {@link Candidates}.
 */
export interface RecordInput {
  readonly link?: Link
  readonly dynamics?: DynamicsObservation | Deleted
  readonly activeCampaign?: ActiveCampaignObservation | Deleted
  /** Rows whose links this row takes over. Missing: there are none. */
  readonly predecessors?: readonly Predecessor[]
  /** The row that takes this one's link over. Missing: there is none. */
  readonly successor?: Successor
}

/** A linked row that was merged into the row at hand, or the lead that it was qualified from. */
export interface Predecessor {
  readonly link: Link
  readonly dynamics: DynamicsObservation
  readonly activeCampaign: ActiveCampaignObservation | Deleted
}

/** The row that the row at hand was merged into, or the contact that a lead was qualified to; the last of a chain of them. */
export interface Successor {
  readonly entity: EntityName
  readonly dynamics: DynamicsObservation | Deleted
  readonly link?: Link
  /** The contact that it is linked to is gone. */
  readonly contactGone?: boolean
}

/** A D365 row that has a certain match key, with the link it has, if any. */
export interface DynamicsCandidate {
  readonly entity: EntityName
  readonly observation: DynamicsObservation
  readonly link?: Link
  /** The contact that it is linked to, where there is one: the row may be about to get another key from it. */
  readonly contact?: ActiveCampaignObservation
  /** The contact that it is linked to is gone. */
  readonly contactGone?: boolean
  /** Rows whose links it takes over, where nothing links it to a contact that is there. Missing: there are none. */
  readonly predecessors?: readonly Predecessor[]
}

/** An ActiveCampaign contact that has a certain match key, with the link it has, if any. */
export interface ActiveCampaignCandidate {
  readonly observation: ActiveCampaignObservation
  readonly link?: Link
  /** The row that it is linked to, where there is one: it may be about to give the key up, or to hand the contact over. */
  readonly row?: DynamicsObservation
}

/** Everybody who has one match key, on both sides. The record that asks may be among them. */
export interface KeyHolders {
  readonly dynamics: readonly DynamicsCandidate[]
  readonly activeCampaign: readonly ActiveCampaignCandidate[]
}

/**
 * Who else has a match key, by key (`email:` and the normalised address). A key that is there is known completely, empty lists
 * meaning "nobody"; a key that is missing is unknown, and the plan asks for it with a need.
 */
export type Candidates = Readonly<Record<string, KeyHolders>>
