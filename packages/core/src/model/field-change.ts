import type { FieldValue } from '@dynacamp/mapping-dsl'

/** Why a field is written: a stable code per rule of docs/behaviour.md. */
export const reasonCodes = [
  'created',
  'changed-in-dynamics',
  'changed-in-active-campaign',
  'conflict-dynamics-wins',
  'conflict-active-campaign-wins',
  'conflict-most-recent-wins',
  'conflict-resolved-by-hand',
  'source-owns-field',
  'fills-blank',
  'opt-out-wins',
  'undo',
] as const

/** One of {@link reasonCodes}. */
export type ReasonCode = (typeof reasonCodes)[number]

/** The rule that led to something, for programs (`code`) and for people (`message`, one sentence). */
export interface Reason<Code extends string = string> {
  readonly code: Code
  readonly message: string
}

/**
 * One field of one record that an action writes.
 *
 * @example
 * const change: FieldChange = {
 *   key: 'firstname:firstName', field: 'firstName', before: 'Ana', after: 'Anna', sensitive: false,
 *   reason: { code: 'changed-in-dynamics', message: 'firstname changed in Dynamics 365.' },
 * }
 */
export interface FieldChange {
  /** The mapping's key in the definition. */
  readonly key: string
  /** The column or field that is written, by its name on the target side. */
  readonly field: string
  /** What the target held when the plan was made; null for a record that does not exist yet. */
  readonly before: FieldValue
  /** What it will hold, as the target's wire has it. */
  readonly after: FieldValue
  readonly reason: Reason<ReasonCode>
  /** Renderings mask both values. */
  readonly sensitive: boolean
}
