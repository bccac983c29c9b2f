import { dynamicsKey } from '../match/match-key.ts'
import type { DynamicsObservation } from '../model/observation.ts'
import type { Subject } from '../model/outcome.ts'
import type { KeyHolders } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { isEligible, rivalsOf } from './eligible.ts'
import { holdRecord } from './hold-field.ts'
import { holdForHolders, holdLinkedElsewhere, holdSharedKey } from './hold-for-holders.ts'
import { enterSkip } from './ledger.ts'
import { matchByLaterRules } from './match-by-later-rules.ts'
import { createContactFor } from './plan-creation.ts'
import { planPair } from './plan-pair.ts'
import { otherSpeaker, speakerAmong } from './speaker.ts'
import { subjectOf } from './subject.ts'

/** The row is the only one that speaks for its key: pair it with the contact, or create that. */
const planSpeaker = (
  context: BatchContext,
  dynamics: DynamicsObservation,
  subject: Subject,
  holders: KeyHolders,
): void => {
  const { ledger, entity } = context
  const [contact, ...more] = holders.activeCampaign
  if (more.length > 0) {
    holdSharedKey(context, subject, holders, `${more.length + 1} contacts in ActiveCampaign have it.`)
  } else if (
    contact === undefined &&
    matchByLaterRules(context, subject, (later) => dynamicsKey(later, dynamics.fields))
  ) {
    return
  } else if (contact === undefined && entity.direction === 'inbound') {
    enterSkip(ledger, subject, 'direction', 'This entity flows from ActiveCampaign only.')
  } else if (contact === undefined) {
    createContactFor(context, dynamics)
  } else if (contact.link === undefined || contact.link.entity !== entity.entity) {
    planPair(context, { link: undefined, dynamics, activeCampaign: contact.observation })
  } else {
    holdLinkedElsewhere(context, subject, holders, 'The contact with this key is linked to another row.')
  }
}

/** A D365 row that nothing is linked to: match it, create its contact, or say why not. */
export const planUnlinkedRow = (context: BatchContext, dynamics: DynamicsObservation): void => {
  const { ledger, entity, rule } = context
  const subject = subjectOf(context, dynamics, undefined)
  const name = rule?.dynamics ?? 'the match field'
  if (!isEligible(context, entity, dynamics)) {
    if (dynamics.active === false) {
      enterSkip(ledger, subject, 'inactive', 'The row is inactive in Dynamics 365.')
    } else enterSkip(ledger, subject, 'out-of-scope', `Not in scope: ${entity.scopeSentence}.`)
    return
  }
  const match = dynamicsKey(rule, dynamics.fields)
  if (
    match.kind !== 'key' &&
    matchByLaterRules(context, subject, (later) => dynamicsKey(later, dynamics.fields))
  ) {
    return
  }
  if (match.kind === 'none') {
    enterSkip(ledger, subject, 'no-match-key', `${name} is blank.`)
    return
  }
  if (match.kind === 'malformed') {
    holdRecord(ledger, subject, 'malformed-key', {
      message: `${name} holds no address that mail could reach.`,
      resolve: [`Correct ${name} in Dynamics 365.`],
    })
    return
  }
  const holders = context.holdersOf(match.key)
  if (holders === undefined) {
    holdForHolders(context, subject, match.key)
    return
  }
  const rows = rivalsOf(context, holders)
  const speaker = speakerAmong(context, rows)
  if (otherSpeaker(context, holders) !== undefined) {
    enterSkip(ledger, subject, 'other-entity-speaks', 'A row of the other table speaks for this person.')
  } else if (speaker === undefined) {
    const message = `${rows.length} rows in Dynamics 365 have it; ActiveCampaign can hold one contact for it.`
    holdSharedKey(context, subject, holders, message)
  } else if (speaker.observation.id !== dynamics.id) {
    const message = `Another row with this key speaks for the contact (sharedEmail: ${entity.sharedEmail}).`
    enterSkip(ledger, subject, 'other-row-speaks', message)
  } else planSpeaker(context, dynamics, subject, holders)
}
