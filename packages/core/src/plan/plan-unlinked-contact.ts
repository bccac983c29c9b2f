import { activeCampaignKey } from '../match/match-key.ts'
import type { ActiveCampaignObservation } from '../model/observation.ts'
import type { BatchContext } from './batch-context.ts'
import { rivalsOf } from './eligible.ts'
import { holdRecord } from './hold-field.ts'
import { holdForHolders, sharedKeyAdvice } from './hold-for-holders.ts'
import { enterNeed, enterSkip } from './ledger.ts'
import { createRowFor } from './plan-creation.ts'
import { planPair } from './plan-pair.ts'
import { activeCampaignHoldCandidate, dynamicsHoldCandidate, subjectOf } from './subject.ts'

/** The tag by which an automation asks for a D365 row, as the official app names it. */
const creationTag = { contacts: '[D365: Contact]', leads: '[D365: Lead]', accounts: '', opportunities: '' }

const createIfAskedFor = (context: BatchContext, contact: ActiveCampaignObservation): void => {
  const { ledger, entity } = context
  const subject = subjectOf(context, undefined, contact)
  if (entity.direction === 'outbound') {
    enterSkip(ledger, subject, 'direction', 'This entity flows from Dynamics 365 only.')
    return
  }
  if (entity.createInDynamics === 'never') {
    const message = 'No row in Dynamics 365, and the definition creates none (createInDynamics: never).'
    enterSkip(ledger, subject, 'not-asked-for', message)
    return
  }
  if (entity.createInDynamics === 'tagged') {
    const tag = creationTag[entity.entity]
    if (contact.tags === undefined) {
      enterNeed(ledger, { kind: 'active-campaign-tags', entity: entity.entity, id: contact.id })
      holdRecord(ledger, subject, 'not-known-yet', {
        message: 'The tags of the contact have not been read yet.',
        resolve: ['Read them and plan again.'],
      })
      return
    }
    if (!contact.tags.includes(tag)) {
      enterSkip(
        ledger,
        subject,
        'not-asked-for',
        `No row in Dynamics 365, and no tag ${tag} that asks for one.`,
      )
      return
    }
  }
  createRowFor(context, contact)
}

/** An ActiveCampaign contact that nothing is linked to: match it, create its row if asked for, or say why not. */
export const planUnlinkedContact = (context: BatchContext, contact: ActiveCampaignObservation): void => {
  const { ledger, entity, rule } = context
  const subject = subjectOf(context, undefined, contact)
  const match = activeCampaignKey(rule, contact.fields)
  if (match.kind !== 'key') {
    enterSkip(
      ledger,
      subject,
      'no-match-key',
      `${rule?.activeCampaign ?? 'The match field'} is blank or malformed.`,
    )
    return
  }
  const holders = context.holdersOf(match.key)
  if (holders === undefined) {
    holdForHolders(context, subject, match.key)
    return
  }

  const rows = rivalsOf(context, holders)
  const [row] = rows
  const twins = holders.activeCampaign.filter(({ observation }) => observation.id !== contact.id)
  if (rows.length > 1 || twins.length > 0) {
    const message =
      rows.length > 1
        ? `${rows.length} rows in Dynamics 365 have this ${rule?.activeCampaign}.`
        : `${twins.length + 1} contacts in ActiveCampaign have this ${rule?.activeCampaign}.`
    holdRecord(ledger, subject, 'shared-key', {
      message,
      resolve: sharedKeyAdvice,
      candidates: [
        ...rows.map((candidate) => dynamicsHoldCandidate(context, candidate)),
        ...twins.map((twin) => activeCampaignHoldCandidate(context, twin)),
      ],
    })
    return
  }
  if (row === undefined) {
    if (holders.dynamics.every((candidate) => candidate.entity !== entity.entity)) {
      createIfAskedFor(context, contact)
      return
    }
    const message = `Its row in Dynamics 365 is inactive or not in scope: ${entity.scopeSentence}.`
    enterSkip(ledger, subject, 'out-of-scope', message)
    return
  }
  if (row.link !== undefined) {
    holdRecord(ledger, subject, 'linked-elsewhere', {
      message: `The row with this ${rule?.activeCampaign} is linked to another contact.`,
      resolve: ['Merge the two contacts in ActiveCampaign, or give one of them another address.'],
      candidates: [dynamicsHoldCandidate(context, row)],
    })
    return
  }
  planPair(context, { link: undefined, dynamics: row.observation, activeCampaign: contact })
}
