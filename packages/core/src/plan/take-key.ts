import type { CompiledField, FieldValue } from '@dynacamp/mapping-dsl'
import { isBlank } from '../is-blank.ts'
import { activeCampaignKey, dynamicsKey, isSameKey, type MatchKey } from '../match/match-key.ts'
import type { LinkedSubject, Subject } from '../model/outcome.ts'
import type { KeyHolders } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { counterpartName, counterpartUpdateId } from './counterpart-actions.ts'
import { rivalsOf } from './eligible.ts'
import { givesUpKey } from './gives-up-key.ts'
import { holdField } from './hold-field.ts'
import { enterNeed } from './ledger.ts'
import { movesOn } from './moves-on.ts'
import type { PairDraft } from './pair-draft.ts'
import { activeCampaignHoldCandidate, dynamicsHoldCandidate } from './subject.ts'

const holdUnknown = (
  { ledger, entity }: BatchContext,
  subject: Subject,
  field: CompiledField,
  key: string,
): void => {
  enterNeed(ledger, { kind: 'key-holders', entity: entity.entity, key })
  const message = `Nobody has looked yet who has this ${field.activeCampaign}.`
  holdField(ledger, subject, field, 'not-known-yet', { message, resolve: ['Look it up and plan again.'] })
}

const holdTaken = (
  context: BatchContext,
  subject: Subject,
  field: CompiledField,
  { dynamics, activeCampaign }: KeyHolders,
  inCircle: boolean,
): void => {
  const { activeCampaign: name } = field
  const candidates = [
    ...dynamics.map((row) => dynamicsHoldCandidate(context, row)),
    ...activeCampaign.map((contact) => activeCampaignHoldCandidate(context, contact)),
  ]
  const text = inCircle
    ? {
        message: `Several contacts pass their ${name} on in a circle; ActiveCampaign takes none of the changes first.`,
        resolve: [
          `Give one of them a third ${name} in Dynamics 365, sync, and give it the right one afterwards.`,
          `Or exchange the ${name} by hand in ActiveCampaign.`,
        ],
      }
    : {
        message: `Another record has this ${name} already.`,
        resolve: ['Merge the records that share it, or give one of them another one.'],
      }
  holdField(context.ledger, subject, field, activeCampaign.length > 0 ? 'key-taken' : 'shared-key', {
    ...text,
    candidates,
  })
}

const holdMalformed = (
  { ledger, entity }: BatchContext,
  subject: Subject,
  field: CompiledField,
  name: string,
): void => {
  const message =
    entity.entity === 'accounts'
      ? `${name} is longer than a name can be.`
      : `${name} holds no address that mail could reach.`
  holdField(ledger, subject, field, 'malformed-key', { message, resolve: [`Correct ${name}.`] })
}

/** Who has the key that a record is to get. Nobody is asked for one that it has already (`true`), or cannot have yet (`false`, held). */
const holdersOfNew = (
  context: BatchContext,
  subject: Subject,
  field: CompiledField,
  { next, now, source }: { readonly next: MatchKey; readonly now: MatchKey; readonly source: string },
): KeyHolders | boolean => {
  if (next.kind !== 'key') {
    holdMalformed(context, subject, field, source)
    return false
  }
  if (isSameKey(now, next)) return true
  const holders = context.holdersOf(next.key)
  if (holders === undefined) {
    holdUnknown(context, subject, field, next.key)
    return false
  }
  return holders
}

/**
 * Whether a linked row may take a new e-mail. D365 takes any, also one that another row has; but the two would then share one
 * contact, so the field is held, with everyone who has it.
 */
export const takeKeyInDynamics = (
  context: BatchContext,
  subject: LinkedSubject,
  field: CompiledField,
  value: FieldValue,
  before: FieldValue,
): boolean => {
  const { ledger, rule } = context
  if (isBlank(value)) return true
  const next = dynamicsKey(rule, { [field.dynamics]: value })
  const now = dynamicsKey(rule, { [field.dynamics]: before })
  const source = `${field.activeCampaign} in ActiveCampaign`
  const holders = holdersOfNew(context, subject, field, { next, now, source })
  if (typeof holders === 'boolean') return holders
  const answers = rivalsOf(context, holders).map((row) => ({
    row,
    answer: movesOn(context, field, row, subject.dynamicsId),
  }))
  const rivals = answers.flatMap(({ row, answer }) => (answer === false ? [row] : []))
  if (rivals.length === 0) {
    const unknown = answers.flatMap(({ answer }) => (typeof answer === 'object' ? [answer.key] : []))
    for (const other of unknown) holdUnknown(context, subject, field, other)
    return unknown.length === 0
  }
  holdField(ledger, subject, field, 'key-taken', {
    message: `Another row in Dynamics 365 has this ${field.dynamics} already.`,
    resolve: ['Merge the records that share it, or give one of them another one.'],
    candidates: rivals.map((row) => dynamicsHoldCandidate(context, row)),
  })
  return false
}

/**
 * Whether a linked contact may take a new e-mail. ActiveCampaign refuses one that another contact has, and two D365 rows
 * with one e-mail must not meet in one contact; so the field is held, with everyone who has it. Where the other contact
 * moves on in the same plan, this one waits for it.
 */
export const takeKey = (
  context: BatchContext,
  subject: LinkedSubject,
  draft: PairDraft,
  field: CompiledField,
  value: FieldValue,
  before: FieldValue,
): boolean => {
  const { ledger, rule, entity } = context
  if (isBlank(value)) {
    const message = `An ActiveCampaign ${counterpartName(entity.entity)} cannot be without ${field.activeCampaign}.`
    holdField(ledger, subject, field, 'malformed-key', {
      message,
      resolve: [`Set ${field.dynamics} in Dynamics 365.`],
    })
    return false
  }
  const next = activeCampaignKey(rule, { [field.activeCampaign]: value })
  const now = activeCampaignKey(rule, { [field.activeCampaign]: before })
  const source = `${field.dynamics} in Dynamics 365`
  const holders = holdersOfNew(context, subject, field, { next, now, source })
  if (typeof holders === 'boolean') return holders
  const dynamics = rivalsOf(context, holders).filter(
    ({ observation }) => observation.id !== subject.dynamicsId,
  )
  const { activeCampaign } = holders
  const [holder, ...more] = activeCampaign
  if (dynamics.length === 0 && holder === undefined) return true
  if (dynamics.length > 0 || holder?.link === undefined || more.length > 0) {
    holdTaken(context, subject, field, { dynamics, activeCampaign }, false)
    return false
  }
  const answer = givesUpKey(context, field, holder, subject.activeCampaignId)
  if (answer.kind === 'yes') {
    draft.after.push(counterpartUpdateId(holder.link))
    return true
  }
  if (answer.kind === 'unknown') holdUnknown(context, subject, field, answer.key)
  else holdTaken(context, subject, field, { dynamics, activeCampaign }, answer.kind === 'circle')
  return false
}
