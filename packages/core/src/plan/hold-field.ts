import type { CompiledField } from '@dynacamp/mapping-dsl'
import type { HoldCandidate, HoldCode, Subject } from '../model/outcome.ts'
import { enterHold, type Ledger } from './ledger.ts'

/** Holds one field of a record; the others go on. */
export const holdField = (
  ledger: Ledger,
  subject: Subject,
  field: Pick<CompiledField, 'key'>,
  code: HoldCode,
  text: {
    readonly message: string
    readonly resolve: readonly string[]
    readonly candidates?: readonly HoldCandidate[]
  },
): void => {
  const { message, resolve, candidates = [] } = text
  enterHold(ledger, { ...subject, field: field.key, reason: { code, message }, candidates, resolve })
}

/** Holds a field whose value the other side cannot take. */
export const holdBadValue = (
  ledger: Ledger,
  subject: Subject,
  field: CompiledField,
  side: 'dynamics' | 'activeCampaign',
  message: string,
): void => {
  const name =
    side === 'dynamics' ? `${field.dynamics} in Dynamics 365` : `${field.activeCampaign} in ActiveCampaign`
  holdField(ledger, subject, field, 'bad-value', { message, resolve: [`Correct ${name}.`] })
}

/**
 * Thousands of rows may share a placeholder such as none@example.com, and each of them is held: naming all the others with each
 * would make the plan grow with the square of them. The message has their number.
 */
const namedCandidates = 10

/** Holds a whole record. */
export const holdRecord = (
  ledger: Ledger,
  subject: Subject,
  code: HoldCode,
  text: {
    readonly message: string
    readonly resolve: readonly string[]
    readonly candidates?: readonly HoldCandidate[]
  },
): void => {
  const { message, resolve, candidates = [] } = text
  const named = candidates.slice(0, namedCandidates)
  enterHold(ledger, { ...subject, field: null, reason: { code, message }, candidates: named, resolve })
}
