import type { Action, ActionKind } from '@dynacamp/core'
import type { Fields } from '@dynacamp/mapping-dsl'
import type { RecordKind, StoredRecord } from '../state/state-store.ts'
import type { Remedy } from './classify.ts'

/**
 * How an action ended.
 *
 * - `done`: written, and the state says so.
 * - `stale`: the record changed after planning, so nothing was written; the next plan sees the change.
 * - `failed`: the service refused it; nothing was written.
 * - `unknown`: the connection broke and nobody knows; the next plan finds out by reading.
 * - `queued`: ActiveCampaign has taken it for its bulk import and was not done yet; the next plan finds out.
 */
export type OutcomeStatus = 'done' | 'stale' | 'failed' | 'unknown' | 'queued'

/** What came of one action. */
export interface ActionOutcome {
  readonly actionId: string
  readonly kind: ActionKind
  readonly status: OutcomeStatus
  /** Stable code of the reason; null when done. */
  readonly code: string | null
  /** One sentence; null when done. */
  readonly message: string | null
  /** What to do about it; null unless `failed` or `unknown`. */
  readonly remedy: Remedy | null
}

/** Two records that an action has linked, or brought closer. */
export interface Linked {
  readonly dynamicsId: string
  readonly activeCampaignId: string
  /** What the services answered, where it counts more than what was sent. */
  readonly answered?: { readonly dynamics?: Fields; readonly activeCampaign?: Fields }
}

/** What an executor answers: the records as they are now, and what becomes of the link; or why nothing was written. */
export type Execution =
  | {
      readonly status: 'done'
      readonly records: readonly StoredRecord[]
      /** A record that the action deleted. */
      readonly gone?: RecordKind & { readonly id: string }
      /** Missing where the action is about no link. */
      readonly link?: Linked | 'removed'
    }
  | Stale

/** Why an action was not carried out, though nothing failed. */
export interface Stale {
  readonly status: 'stale'
  readonly code: string
  readonly message: string
  /** A record that turned out to be another than the plan was made from, as it is now. */
  readonly seen?: StoredRecord
  /** A record that turned out to be deleted. */
  readonly gone?: RecordKind & { readonly id: string }
}

/** The outcome of an action, with its reason unless it is done. */
export const outcomeOf = (
  { id, kind }: Pick<Action, 'id' | 'kind'>,
  status: OutcomeStatus,
  reason?: { readonly code: string; readonly message: string },
): ActionOutcome => ({
  actionId: id,
  kind,
  status,
  code: reason?.code ?? null,
  message: reason?.message ?? null,
  remedy: null,
})
