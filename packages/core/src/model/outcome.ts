import type { EntityName, FieldValue } from '@dynacamp/mapping-dsl'
import type { Reason } from './field-change.ts'

/** The record an entry of the plan speaks about. */
export interface Subject {
  readonly entity: EntityName
  /** The D365 row's GUID; null while there is none. */
  readonly dynamicsId: string | null
  /** The ActiveCampaign contact's id; null while there is none. */
  readonly activeCampaignId: string | null
  /** What people call the record: its e-mail, else its name, else its id. */
  readonly title: string
}

/** A linked pair. */
export type LinkedSubject = Subject & { readonly dynamicsId: string; readonly activeCampaignId: string }

export const skipCodes = [
  'no-match-key',
  'out-of-scope',
  'left-scope',
  'inactive',
  'direction',
  'not-asked-for',
  'other-entity-speaks',
  'other-row-speaks',
  'handed-over',
  'deleted',
  'contact-not-in-sync',
  'cannot-undo',
] as const

export type SkipCode = (typeof skipCodes)[number]

/** A record that the rules leave alone, and the rule that says so. */
export interface Skip extends Subject {
  readonly id: string
  readonly reason: Reason<SkipCode>
}

export const holdCodes = [
  'shared-key',
  'malformed-key',
  'key-taken',
  'linked-elsewhere',
  'identity-differs',
  'several-contacts',
  'not-known-yet',
  'bad-value',
  'conflict',
  'first-link-differs',
  'reference-not-in-sync',
  'reference-other-table',
  'reference-cycle',
  'object-unavailable',
  'object-clash',
  'required-blank',
  'unreadable',
] as const

export type HoldCode = (typeof holdCodes)[number]

/** Someone a held record could be matched with, and whom to look at when deciding. */
export interface HoldCandidate {
  readonly side: 'dynamics' | 'activeCampaign'
  readonly entity: EntityName
  readonly id: string
  readonly title: string
  /** The other end it is linked to already; null when it is free. */
  readonly linkedTo: string | null
}

/**
 * Something that waits for a person: a whole record (`field` is null) or one field of it, with what to do next.
 * The other fields of a record with a held field go on.
 */
export interface Hold extends Subject {
  readonly id: string
  /** The mapping's key, or null when the whole record is held. */
  readonly field: string | null
  readonly reason: Reason<HoldCode>
  readonly candidates: readonly HoldCandidate[]
  /** Ways out, a sentence each. */
  readonly resolve: readonly string[]
}

/** Who won a conflict; `held` when nobody was allowed to. */
export type ConflictWinner = 'dynamics' | 'activeCampaign' | 'held'

/** A field that changed on both sides since the base and differs now (or differs at the first link). */
export interface Conflict extends Subject {
  readonly id: string
  /** The mapping's key. */
  readonly field: string
  readonly dynamicsField: string
  readonly activeCampaignField: string
  /** What was last in sync on each side; null in both when the field never was. */
  readonly base: { readonly dynamics: FieldValue; readonly activeCampaign: FieldValue } | null
  readonly dynamics: FieldValue
  readonly activeCampaign: FieldValue
  readonly winner: ConflictWinner
  readonly reason: Reason
  readonly sensitive: boolean
}

/**
 * Something the planner must know before it can decide. The engine looks it up and plans the record again;
 * until then the record, or the field, is held with `not-known-yet`. One need holds nothing: while the lists of a person who
 * opted out in D365 are unknown, the fields go on and the unsubscribing waits.
 */
export type Need =
  | { readonly kind: 'key-holders'; readonly entity: EntityName; readonly key: string }
  | { readonly kind: 'dynamics-row'; readonly entity: EntityName; readonly id: string }
  | { readonly kind: 'active-campaign-contact'; readonly entity: EntityName; readonly id: string }
  | { readonly kind: 'active-campaign-tags'; readonly entity: EntityName; readonly id: string }
  | { readonly kind: 'active-campaign-lists'; readonly entity: EntityName; readonly id: string }
  /** `entity` is that of the record referred to: what it comes to belongs into `PlanInput.references`. */
  | {
      readonly kind: 'reference'
      readonly side: 'dynamics' | 'activeCampaign'
      readonly entity: EntityName
      readonly id: string
    }
