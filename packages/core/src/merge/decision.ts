import type { ReasonCode } from '../model/field-change.ts'
import type { HoldCode } from '../model/outcome.ts'

/** Where a value goes. */
export type Target = 'dynamics' | 'activeCampaign'

/** What becomes of one field of one linked pair. */
export type Decision =
  /** Nothing changed since the base. */
  | { readonly kind: 'same' }
  /** Both sides hold the same by themselves: remember it as the base, write nothing. */
  | { readonly kind: 'settle' }
  /** They differ, and the blank policy says to leave both as they are. */
  | { readonly kind: 'keep' }
  /** The other side's value goes to `to`. `overrules`: a value loses that somebody set since the base. */
  | {
      readonly kind: 'write'
      readonly to: Target
      readonly reason: ReasonCode
      readonly overrules: boolean
    }
  /** A person has to decide. */
  | { readonly kind: 'hold'; readonly code: HoldCode }

export const same: Decision = Object.freeze({ kind: 'same' })
export const settle: Decision = Object.freeze({ kind: 'settle' })
export const keep: Decision = Object.freeze({ kind: 'keep' })

export const write = (to: Target, reason: ReasonCode, overrules = false): Decision => ({
  kind: 'write',
  to,
  reason,
  overrules,
})

export const hold = (code: HoldCode): Decision => ({ kind: 'hold', code })
