import { dynamicsKey, isSameKey } from '../match/match-key.ts'
import type { DynamicsObservation } from '../model/observation.ts'
import type { Subject } from '../model/outcome.ts'
import type { ActiveCampaignCandidate, KeyHolders, RecordInput } from '../model/record.ts'
import { type BatchContext, keyName } from './batch-context.ts'
import { isEligible, rivalsOf } from './eligible.ts'
import { holdRecord } from './hold-field.ts'
import { holdForHolders, holdLinkedElsewhere, holdSharedKey } from './hold-for-holders.ts'
import { enterSkip } from './ledger.ts'
import { matchByLaterRules } from './match-by-later-rules.ts'
import { carryOptOutBeside, getsMailUnlinked } from './opt-out.ts'
import { createContactFor } from './plan-creation.ts'
import { planPair } from './plan-pair.ts'
import { otherSpeaker, speakerAmong } from './speaker.ts'
import { subjectOf } from './subject.ts'
import { takeOver } from './succession.ts'

/** A row as it comes in, with what it takes over. */
type UnlinkedRow = Pick<RecordInput, 'predecessors'> & { readonly dynamics: DynamicsObservation }

/**
 * Whether the contact with a row's key is nobody else's: not linked, or linked to a row of the other table that is gone, takes no
 * part, or has this key too and hands over. One that moves on to another address keeps its contact.
 */
const isFree = (
  context: BatchContext,
  { link, row }: ActiveCampaignCandidate,
  { fields }: DynamicsObservation,
): boolean => {
  if (link === undefined) return true
  if (link.entity === context.entity.entity) return false
  const table = context.definition.entities.find(({ entity }) => entity === link.entity)
  if (row === undefined || table === undefined || !isEligible(context, table, row)) return true
  return isSameKey(dynamicsKey(context.rule, fields), dynamicsKey(table.match[0], row.fields))
}

/** The row is the only one that speaks for its key: pair it with the contact, or create that. */
const planSpeaker = (
  context: BatchContext,
  row: UnlinkedRow,
  subject: Subject,
  holders: KeyHolders,
): void => {
  const { ledger, entity } = context
  const [contact, ...more] = holders.activeCampaign
  const { dynamics } = row
  if (more.length > 0) {
    holdSharedKey(context, subject, holders, `${more.length + 1} contacts in ActiveCampaign have it.`)
    return
  }
  if (takeOver(context, subject, dynamics, row.predecessors, contact?.observation.id)) return
  if (contact !== undefined && isFree(context, contact, dynamics)) {
    planPair(context, { link: undefined, dynamics, activeCampaign: contact.observation })
  } else if (contact !== undefined) {
    carryOptOutBeside(context, dynamics, holders)
    holdLinkedElsewhere(context, subject, holders, 'The contact with this key is linked to another row.')
  } else if (!byLaterRules(context, subject, dynamics)) {
    if (entity.direction === 'inbound') {
      enterSkip(ledger, subject, 'direction', 'This entity flows from ActiveCampaign only.')
    } else createContactFor(context, dynamics)
  }
}

const byLaterRules = (context: BatchContext, subject: Subject, { fields }: DynamicsObservation): boolean =>
  matchByLaterRules(context, subject, (rule) => dynamicsKey(rule, fields))

/** A row without a usable key: somebody else's link, or a later rule, may still find its contact. */
const planWithoutKey = (
  context: BatchContext,
  subject: Subject,
  row: UnlinkedRow,
  malformed: boolean,
): void => {
  const name = keyName(context, 'dynamics')
  if (takeOver(context, subject, row.dynamics, row.predecessors)) return
  if (byLaterRules(context, subject, row.dynamics)) return
  if (!malformed) {
    enterSkip(context.ledger, subject, 'no-match-key', `${name} is blank.`)
    return
  }
  holdRecord(context.ledger, subject, 'malformed-key', {
    message: `${name} holds no address that mail could reach.`,
    resolve: [`Correct ${name} in Dynamics 365.`],
  })
}

const stillGetsMail =
  'One of them opted out of e-mail, but the contact is linked to none of them and may still get mail. Unsubscribe it there, or decide who speaks.'

/** A D365 row that nothing is linked to: match it, create its contact, or say why not. */
export const planUnlinkedRow = (context: BatchContext, row: UnlinkedRow): void => {
  const { ledger, entity, rule } = context
  const { dynamics } = row
  const subject = subjectOf(context, dynamics, undefined)
  if (!isEligible(context, entity, dynamics)) {
    if (dynamics.active === false) {
      enterSkip(ledger, subject, 'inactive', 'The row is inactive in Dynamics 365.')
    } else enterSkip(ledger, subject, 'out-of-scope', `Not in scope: ${entity.scopeSentence}.`)
    return
  }
  const match = dynamicsKey(rule, dynamics.fields)
  if (match.kind !== 'key') {
    planWithoutKey(context, subject, row, match.kind === 'malformed')
    return
  }
  const holders = context.holdersOf(match.key)
  if (holders === undefined) {
    holdForHolders(context, subject, match.key)
    return
  }
  const rows = rivalsOf(context, holders)
  const speaker = speakerAmong(context, rows)
  const silent = otherSpeaker(context, holders) !== undefined || speaker?.observation.id !== dynamics.id
  if (silent) carryOptOutBeside(context, dynamics, holders)
  if (otherSpeaker(context, holders) !== undefined) {
    enterSkip(ledger, subject, 'other-entity-speaks', 'A row of the other table speaks for this person.')
  } else if (speaker === undefined) {
    const message = `${rows.length} rows in Dynamics 365 have it; ActiveCampaign can hold one contact for it.`
    const mailed = getsMailUnlinked(context, rows, holders) ? ` ${stillGetsMail}` : ''
    holdSharedKey(context, subject, holders, `${message}${mailed}`)
  } else if (speaker.observation.id !== dynamics.id) {
    const message = `Another row with this key speaks for the contact (sharedEmail: ${entity.sharedEmail}).`
    enterSkip(ledger, subject, 'other-row-speaks', message)
  } else planSpeaker(context, row, subject, holders)
}
