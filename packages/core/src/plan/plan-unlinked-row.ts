import { dynamicsKey } from '../match/match-key.ts'
import type { DynamicsObservation } from '../model/observation.ts'
import type { BatchContext } from './batch-context.ts'
import { isEligible, rivalsOf } from './eligible.ts'
import { holdRecord } from './hold-field.ts'
import { holdForHolders, sharedKeyAdvice } from './hold-for-holders.ts'
import { enterSkip } from './ledger.ts'
import { createContactFor } from './plan-creation.ts'
import { planPair } from './plan-pair.ts'
import { activeCampaignHoldCandidate, dynamicsHoldCandidate, subjectOf } from './subject.ts'

/** A D365 row that nothing is linked to: match it, create its contact, or say why not. */
export const planUnlinkedRow = (context: BatchContext, dynamics: DynamicsObservation): void => {
  const { ledger, entity, rule } = context
  const subject = subjectOf(context, dynamics, undefined)
  if (dynamics.active === false) {
    enterSkip(ledger, subject, 'inactive', 'The row is inactive in Dynamics 365.')
    return
  }
  if (!isEligible(context, dynamics)) {
    enterSkip(ledger, subject, 'out-of-scope', `Not in scope: ${entity.scopeSentence}.`)
    return
  }
  const match = dynamicsKey(rule, dynamics.fields)
  if (match.kind === 'none') {
    enterSkip(ledger, subject, 'no-match-key', `${rule?.dynamics ?? 'The match field'} is blank.`)
    return
  }
  if (match.kind === 'malformed') {
    const name = rule?.dynamics ?? 'the match field'
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

  const rivals = rivalsOf(context, holders).filter(({ observation }) => observation.id !== dynamics.id)
  const contacts = holders.activeCampaign
  if (rivals.length > 0 || contacts.length > 1) {
    const message =
      rivals.length > 0
        ? `${rivals.length + 1} rows in Dynamics 365 have this ${rule?.activeCampaign}; ActiveCampaign has one contact for it.`
        : `${contacts.length} contacts in ActiveCampaign have this ${rule?.activeCampaign}.`
    holdRecord(ledger, subject, 'shared-key', {
      message,
      resolve: sharedKeyAdvice,
      candidates: [
        ...rivals.map((row) => dynamicsHoldCandidate(context, row)),
        ...contacts.map((contact) => activeCampaignHoldCandidate(context, contact)),
      ],
    })
    return
  }
  const [contact] = contacts
  if (contact === undefined) {
    if (entity.direction !== 'inbound') {
      createContactFor(context, dynamics)
      return
    }
    enterSkip(ledger, subject, 'direction', 'This entity flows from ActiveCampaign only.')
    return
  }
  if (contact.link !== undefined) {
    holdRecord(ledger, subject, 'linked-elsewhere', {
      message: `The contact with this ${rule?.activeCampaign} is linked to another row.`,
      resolve: ['Give one of the two rows another address, or unlink the other row.'],
      candidates: [activeCampaignHoldCandidate(context, contact)],
    })
    return
  }
  planPair(context, { link: undefined, dynamics, activeCampaign: contact.observation })
}
