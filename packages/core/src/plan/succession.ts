import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { activeCampaignKey, dynamicsKey } from '../match/match-key.ts'
import type { Link } from '../model/link.ts'
import { type ActiveCampaignObservation, type DynamicsObservation, isDeleted } from '../model/observation.ts'
import type { LinkedSubject, Subject } from '../model/outcome.ts'
import type { Predecessor, Successor } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { isEligible, rivalsOf } from './eligible.ts'
import { holdRecord } from './hold-field.ts'
import { holdForHolders, holdLinkedElsewhere } from './hold-for-holders.ts'
import { enterSkip } from './ledger.ts'
import { unlink } from './plan-departure.ts'
import { planPair } from './plan-pair.ts'
import { otherSpeaker, speakerAmong } from './speaker.ts'
import { activeCampaignHoldCandidate } from './subject.ts'

const takenOver = 'Merged into this row in Dynamics 365, which takes the link over.'
const qualified = 'This contact was made from the lead, and takes its link over.'
const stoodIn = 'The contact of this row is gone, and this one has its address.'

interface Heritage {
  readonly link: Link
  readonly contact: ActiveCampaignObservation
}

/** What there is to take over: links of rows that no longer speak for themselves, to contacts that are there. */
const heritageOf = (predecessors: readonly Predecessor[]): readonly Heritage[] =>
  predecessors.flatMap(({ link, dynamics, activeCampaign }) =>
    dynamics.active === false && !isDeleted(activeCampaign) ? [{ link, contact: activeCampaign }] : [],
  )

/** ActiveCampaign merges contacts, and no accounts. */
const resolveFor = ({ entity }: CompiledEntity): readonly string[] =>
  entity === 'accounts'
    ? ['Delete one of the accounts in ActiveCampaign.']
    : ['Merge the contacts in ActiveCampaign, and keep the one with the right address.']

const oneOf = ({ entity }: CompiledEntity): string => (entity === 'accounts' ? 'account' : 'contact')

/** A lead's contact may have the address of a row that is not the one it was qualified to; that row has it, and this one is held. */
const isClaimed = (
  context: BatchContext,
  subject: Subject,
  row: DynamicsObservation,
  contact: ActiveCampaignObservation,
): boolean => {
  const match = activeCampaignKey(context.rule, contact.fields)
  if (match.kind !== 'key') return false
  const holders = context.holdersOf(match.key)
  if (holders === undefined) {
    holdForHolders(context, subject, match.key)
    return true
  }
  if (!rivalsOf(context, holders).some(({ observation }) => observation.id !== row.id)) return false
  const message = 'Another row has the address of the contact that its lead had.'
  holdLinkedElsewhere(context, subject, holders, message)
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
  predecessors: readonly Predecessor[] = [],
  pairedWith?: string,
): boolean => {
  const heritage = heritageOf(predecessors)
  const [first, ...more] = heritage
  if (first === undefined) return false
  const key = dynamicsKey(context.rule, row.fields)
  const same = heritage.find(({ contact }) => {
    const match = activeCampaignKey(context.rule, contact.fields)
    return match.kind === 'key' && key.kind === 'key' && match.key === key.key
  })
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
  const { link, contact: activeCampaign } = taken
  if (link.entity !== context.entity.entity && isClaimed(context, subject, row, activeCampaign)) return true
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
  if (successor === undefined || row.active !== false || isDeleted(successor.dynamics)) return false
  const table = context.definition.entities.find(({ entity }) => entity === successor.entity)
  if (table === undefined || !isEligible(context, table, successor.dynamics)) return false
  const { link, contactGone = false } = successor
  const preconditions = { dynamicsEtag: row.etag }
  if (contact === undefined) {
    unlink(
      context,
      subject,
      'Another row speaks for this person now, and the contact is gone.',
      [],
      preconditions,
    )
  } else if (link?.activeCampaignId === contact.id) {
    unlink(context, subject, 'Another row speaks for this person now.', [], preconditions)
  } else if (link === undefined || contactGone) {
    enterSkip(
      context.ledger,
      subject,
      'handed-over',
      'Another row speaks for this person now, and takes the link over.',
    )
  } else {
    holdRecord(context.ledger, subject, 'several-contacts', {
      message:
        context.entity.entity === 'accounts'
          ? 'The row that stands for this account now has another account in ActiveCampaign.'
          : 'The row that speaks for this person now has another contact in ActiveCampaign.',
      resolve: resolveFor(context.entity),
      candidates: [
        {
          side: 'activeCampaign',
          entity: subject.entity,
          id: link.activeCampaignId,
          title: `${oneOf(context.entity)} ${link.activeCampaignId}`,
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
