import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { activeCampaignKey, dynamicsKey, isSameKey } from '../match/match-key.ts'
import type { Link } from '../model/link.ts'
import type { ActiveCampaignObservation, DynamicsObservation } from '../model/observation.ts'
import type { LinkedSubject, Subject } from '../model/outcome.ts'
import type { DynamicsCandidate, Predecessor, Successor } from '../model/record.ts'
import { type BatchContext, inTable } from './batch-context.ts'
import { isEligible, rivalsOf } from './eligible.ts'
import { counterpartCalled, handOver, speaks } from './hand-over.ts'
import { type Heritage, heritageOf, isSucceeded } from './heritage.ts'
import { holdRecord } from './hold-field.ts'
import { holdForHolders } from './hold-for-holders.ts'
import { unlink } from './plan-departure.ts'
import { planPair } from './plan-pair.ts'
import { otherSpeaker, speakerAmong } from './speaker.ts'
import { activeCampaignHoldCandidate, dynamicsHoldCandidate } from './subject.ts'

const takenOver = 'Merged into this row in Dynamics 365, which takes the link over.'
const qualified = 'This contact was made from the lead, and takes its link over.'
const stoodIn = 'The contact of this row is gone, and this one has its address.'

/** ActiveCampaign merges contacts, and no accounts. */
const resolveFor = ({ entity }: CompiledEntity): readonly string[] =>
  entity === 'accounts'
    ? ['Delete one of the accounts in ActiveCampaign.']
    : ['Merge the contacts in ActiveCampaign, and keep the one with the right address.']

const oneOf = ({ entity }: CompiledEntity): string => (entity === 'accounts' ? 'account' : 'contact')

/**
 * Who has the address of a contact has the contact, not who inherits it: a row of another table than the one whose link it is, with
 * no other contact of its own. Says whether there is one, and holds the heir; also while nobody has looked.
 */
const isClaimed = (
  context: BatchContext,
  subject: Subject,
  row: DynamicsObservation,
  { link, contact }: Heritage,
): boolean => {
  const match = activeCampaignKey(context.rule, contact.fields)
  if (match.kind !== 'key') return false
  const holders = context.holdersOf(match.key)
  if (holders === undefined) {
    holdForHolders(context, subject, match.key)
    return true
  }
  const isClaimant = (candidate: DynamicsCandidate): boolean => {
    if (candidate.observation.id === row.id || candidate.entity === link.entity) return false
    const itsContact = candidate.contactGone === true ? undefined : candidate.link?.activeCampaignId
    if (itsContact !== undefined && itsContact !== contact.id) return false
    const table = context.definition.entities.find(({ entity }) => entity === candidate.entity)
    if (table === undefined || !isEligible(context, table, candidate.observation)) return false
    return otherSpeaker(inTable(context, table), holders) === undefined
  }
  const claimants = holders.dynamics.filter(isClaimant)
  if (claimants.length === 0) return false
  holdRecord(context.ledger, subject, 'linked-elsewhere', {
    message: 'A row of the other table has the address of the contact that this row would take over.',
    resolve: [
      'Qualify or merge the two rows into one, if they are one person.',
      'Give the one that is not this person its right address in Dynamics 365.',
    ],
    candidates: [
      ...claimants.map((claimant) => dynamicsHoldCandidate(context, claimant)),
      activeCampaignHoldCandidate(context, { observation: contact, link }),
    ],
  })
  return true
}

/**
 * A row that others were merged into, or that a lead was qualified to, takes over the contact of theirs. Says whether it did, or
 * has to wait. `pairedWith`: the contact that its own address finds; it comes first.
 */
export const takeOver = (
  context: BatchContext,
  subject: Subject,
  row: DynamicsObservation,
  predecessors: readonly Predecessor[] | undefined,
  pairedWith?: string,
): boolean => {
  const heritage = heritageOf(predecessors)
  const [first, ...more] = heritage
  if (first === undefined) return false
  const key = dynamicsKey(context.rule, row.fields)
  const same = heritage.find(({ contact }) => isSameKey(activeCampaignKey(context.rule, contact.fields), key))
  if (pairedWith !== undefined && same?.contact.id !== pairedWith) return false
  const taken = same ?? (more.length === 0 ? first : undefined)
  if (taken === undefined) {
    holdRecord(context.ledger, subject, 'several-contacts', {
      message: `The rows that were merged into this one have ${heritage.length} ${oneOf(context.entity)}s in ActiveCampaign.`,
      resolve: resolveFor(context.entity),
      candidates: heritage
        .map(({ link, contact }) => activeCampaignHoldCandidate(context, { observation: contact, link }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    })
    return true
  }
  if (isClaimed(context, subject, row, taken)) return true
  const { link, contact: activeCampaign } = taken
  const because = link.entity === context.entity.entity ? takenOver : qualified
  planPair(context, { link: undefined, dynamics: row, activeCampaign, takesOver: { link, because } })
  return true
}

/**
 * A linked row that was merged into another one, or a qualified lead. Says whether the other row speaks for the person now;
 * else the rules of leaving decide.
 */
export const planSucceeded = (
  context: BatchContext,
  subject: LinkedSubject,
  row: DynamicsObservation,
  contact: ActiveCampaignObservation | undefined,
  successor: Successor | undefined,
): boolean => {
  if (!isSucceeded(context, row, successor)) return false
  const { link, contactGone = false } = successor
  const another = `Another row ${speaks(context)} now`
  const lost = counterpartCalled(context, subject.activeCampaignId)
  const preconditions = { dynamicsEtag: row.etag }
  if (contact === undefined) {
    unlink(context, subject, `${another}, and ${lost} is gone.`, [], preconditions)
  } else if (link?.activeCampaignId === contact.id) {
    unlink(context, subject, `${another}, and has ${lost}.`, [], preconditions)
  } else if (link === undefined || contactGone) {
    handOver(context, subject, successor)
  } else {
    const its = counterpartCalled(context, link.activeCampaignId)
    holdRecord(context.ledger, subject, 'several-contacts', {
      message: `The row that ${speaks(context)} now has ${its} in ActiveCampaign, and not ${lost}.`,
      resolve: resolveFor(context.entity),
      candidates: [
        {
          side: 'activeCampaign',
          entity: subject.entity,
          id: link.activeCampaignId,
          title: its,
          linkedTo: link.dynamicsId,
        },
        activeCampaignHoldCandidate(context, { observation: contact }),
      ],
    })
  }
  return true
}

/** Contacts were merged in ActiveCampaign, or one was deleted and made again: the row takes the one that has its address. */
export const pairWithStandIn = (
  context: BatchContext,
  subject: Subject,
  row: DynamicsObservation,
  link: Link,
): boolean => {
  const match = dynamicsKey(context.rule, row.fields)
  if (match.kind !== 'key') return false
  const holders = context.holdersOf(match.key)
  if (holders === undefined) {
    holdForHolders(context, subject, match.key)
    return true
  }
  const [contact, ...more] = holders.activeCampaign
  if (contact === undefined || more.length > 0 || contact.link !== undefined) return false
  if (otherSpeaker(context, holders) !== undefined) return false
  if (speakerAmong(context, rivalsOf(context, holders))?.observation.id !== row.id) return false
  pairStandIn(context, row, contact.observation, link)
  return true
}

/** Pairs a row whose contact is gone with the one that has its address. */
export const pairStandIn = (
  context: BatchContext,
  dynamics: DynamicsObservation,
  activeCampaign: ActiveCampaignObservation,
  link: Link,
): void => {
  planPair(context, { link: undefined, dynamics, activeCampaign, takesOver: { link, because: stoodIn } })
}
