import type { Calls } from '../model/cost.ts'
import type { FieldChange } from '../model/field-change.ts'
import type { Base } from '../model/link.ts'
import type { Subject } from '../model/outcome.ts'

/**
 * What must still hold when the action is applied; otherwise that action alone fails and the next run picks it up.
 * A part that is missing was not observed and is not checked.
 */
export interface Preconditions {
  /** The D365 row's ETag when the plan was made, for `If-Match`. */
  readonly dynamicsEtag?: string
  /** {@link hashFields} of the D365 columns `dynamicsFields`, where no ETag is known: an undo of what a plan wrote. */
  readonly dynamicsHash?: string
  /** Names of the columns in that hash. */
  readonly dynamicsFields?: readonly string[]
  /** {@link hashFields} of the ActiveCampaign fields that the plan was made from, over `activeCampaignFields`. */
  readonly activeCampaignHash?: string
  /** Names of the ActiveCampaign fields in that hash, sorted. */
  readonly activeCampaignFields?: readonly string[]
}

/** What every action carries. */
export interface ActionBase extends Subject {
  /** Stable: kind, entity and row. The same record gets the same id in every plan. */
  readonly id: string
  /** The link this action belongs to; see `linkIdFor`. */
  readonly linkId: string
  /** The rule that led to this action, as one sentence; for fields see the reason of each change. */
  readonly because: string
  /** What is written, field by field, in the definition's order. Empty for actions that only change what the state remembers. */
  readonly changes: readonly FieldChange[]
  /**
   * What becomes part of the link's base once this action has succeeded, for the fields it settles. Where the
   * service answers with a value of its own making, remember that one instead.
   */
  readonly settles: Base
  readonly preconditions: Preconditions
  /** Ids of actions of the same plan that must have succeeded before. */
  readonly dependsOn: readonly string[]
  /** Calls when done one by one. */
  readonly cost: Calls
}

/** What a factory is given: everything but the kind, the id and what follows from the kind. */
export type ActionInput = Omit<ActionBase, 'id' | 'cost' | 'linkId' | 'dependsOn'> & {
  readonly dependsOn?: readonly string[]
}
