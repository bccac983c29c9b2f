import { activeCampaignKey } from '../match/match-key.ts'
import type { ActiveCampaignObservation } from '../model/observation.ts'
import { type BatchContext, keyName } from './batch-context.ts'
import { rivalsOf } from './eligible.ts'
import { holdForHolders, holdLinkedElsewhere, holdSharedKey } from './hold-for-holders.ts'
import { holdUnreadable } from './hold-unreadable.ts'
import { enterSkip } from './ledger.ts'
import { matchByLaterRules } from './match-by-later-rules.ts'
import { planPair } from './plan-pair.ts'
import { createIfAskedFor } from './plan-row-on-request.ts'
import { otherSpeaker, speakerAmong } from './speaker.ts'
import { subjectOf } from './subject.ts'
import { pairStandIn } from './succession.ts'

/** An ActiveCampaign contact that nothing is linked to: match it, create its row if asked for, or say why not. */
export const planUnlinkedContact = (context: BatchContext, contact: ActiveCampaignObservation): void => {
  const { ledger, entity, rule } = context
  const subject = subjectOf(context, undefined, contact)
  if (holdUnreadable(context, contact, () => subject)) return
  const match = activeCampaignKey(rule, contact.fields)
  const byLaterRules = () =>
    matchByLaterRules(context, subject, (later) => activeCampaignKey(later, contact.fields))
  if (match.kind !== 'key') {
    if (byLaterRules()) return
    enterSkip(ledger, subject, 'no-match-key', `${keyName(context, 'activeCampaign')} is blank or malformed.`)
    return
  }
  const holders = context.holdersOf(match.key)
  if (holders === undefined) {
    holdForHolders(context, subject, match.key)
    return
  }
  const rows = rivalsOf(context, holders)
  const row = speakerAmong(context, rows)
  if (otherSpeaker(context, holders) !== undefined) {
    enterSkip(ledger, subject, 'other-entity-speaks', 'A row of the other table speaks for this person.')
  } else if (holders.activeCampaign.length > 1) {
    const message = `${holders.activeCampaign.length} contacts in ActiveCampaign have it.`
    holdSharedKey(context, subject, holders, message)
  } else if (row !== undefined && row.link === undefined) {
    planPair(context, { link: undefined, dynamics: row.observation, activeCampaign: contact })
  } else if (row?.link !== undefined && row.contactGone === true) {
    pairStandIn(context, row.observation, contact, row.link)
  } else if (row !== undefined) {
    holdLinkedElsewhere(context, subject, holders, 'The row with this key is linked to another contact.')
  } else if (rows.length > 0) {
    holdSharedKey(context, subject, holders, `${rows.length} rows in Dynamics 365 have it.`)
  } else if (holders.dynamics.some((candidate) => candidate.entity === entity.entity)) {
    const message = `Its row in Dynamics 365 is inactive or not in scope: ${entity.scopeSentence}.`
    enterSkip(ledger, subject, 'out-of-scope', message)
  } else if (holders.dynamics.length > 0) {
    enterSkip(ledger, subject, 'other-entity-speaks', 'This person has a row in the other table.')
  } else if (!byLaterRules()) createIfAskedFor(context, contact)
}
