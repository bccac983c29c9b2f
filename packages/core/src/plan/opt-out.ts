import type { EntityName, Fields } from '@dynacamp/mapping-dsl'
import { UnsubscribeActiveCampaignContact } from '../actions/unsubscribe-active-campaign-contact.ts'
import { activeCampaignKey, dynamicsKey } from '../match/match-key.ts'
import type { Base } from '../model/link.ts'
import type { ActiveCampaignObservation, DynamicsObservation } from '../model/observation.ts'
import type { LinkedSubject } from '../model/outcome.ts'
import type { DynamicsCandidate, KeyHolders } from '../model/record.ts'
import { type BatchContext, inTable } from './batch-context.ts'
import { isEligibleIn } from './eligible.ts'
import { enterAction, enterNeed } from './ledger.ts'
import { ownUnsubscribe, ownUnsubscribes, rememberUnsubscribes } from './own-unsubscribes.ts'
import { participatingLists, subscribed } from './participating-lists.ts'
import { subjectOf } from './subject.ts'

/** Whether the entity takes part in opting out at all. */
export const takesPart = ({ definition, entity }: BatchContext): boolean =>
  definition.optOut.direction !== 'off' && (entity.entity === 'contacts' || entity.entity === 'leads')

/** Whether opting out in D365 ends subscriptions in ActiveCampaign. */
const flowsOut = (context: BatchContext): boolean =>
  takesPart(context) && context.definition.optOut.direction !== 'inbound'

/** Whether leaving the lists in ActiveCampaign is an opt-out in D365. */
export const flowsIn = (context: BatchContext): boolean =>
  takesPart(context) && context.definition.optOut.direction !== 'outbound'

/** Whether a row says "do not e-mail". Asked of every row, so without a function made for each. */
export const optedOut = ({ definition }: BatchContext, { fields }: DynamicsObservation): boolean => {
  for (const column of definition.optOut.columns) if (fields[column] === true) return true
  return false
}

/** What the columns come to: blank is "allowed". */
export const consentColumns = ({ definition }: BatchContext, fields: Fields): Fields =>
  Object.fromEntries(definition.optOut.columns.map((column) => [column, fields[column] === true]))

/** A row with a contact of its own says there what it has to say. */
const speaksElsewhere = ({ link, contactGone }: DynamicsCandidate, activeCampaignId: string): boolean =>
  link !== undefined && contactGone !== true && link.activeCampaignId !== activeCampaignId

/** Of the rows with an address that are in the sync, and have no other contact, the first besides the linked one that opted out. */
const optedOutBeside = (
  context: BatchContext,
  { dynamics }: KeyHolders,
  { dynamicsId, activeCampaignId }: Pick<LinkedSubject, 'dynamicsId' | 'activeCampaignId'>,
): DynamicsCandidate | undefined =>
  dynamics.find(
    (candidate) =>
      candidate.observation.id !== dynamicsId &&
      optedOut(context, candidate.observation) &&
      !speaksElsewhere(candidate, activeCampaignId) &&
      isEligibleIn(context, candidate.entity, candidate.observation),
  )

/** Why a contact must get no mail, as a sentence; undefined where it may. */
type Refusal = { readonly because: string | undefined } | 'unknown'

export const nobodyRefuses: Refusal = Object.freeze({ because: undefined })

export const isRefused = (refusal: Refusal): boolean => refusal !== 'unknown' && refusal.because !== undefined

const besideBecause = ({ entity, observation }: DynamicsCandidate): string =>
  `The ${entity === 'leads' ? 'lead' : 'contact'} ${observation.id} has the same address, and opted out of e-mail in Dynamics 365.`

/** Keys of the address that a pair's mail goes to, and of the one that its row has, to which it may go next. */
const keysOf = (
  { rule }: BatchContext,
  row: DynamicsObservation,
  contact: ActiveCampaignObservation,
): readonly { readonly key: string; readonly isNext: boolean }[] => {
  const [now, next] = [activeCampaignKey(rule, contact.fields), dynamicsKey(rule, row.fields)]
  const nowKey = now.kind === 'key' ? now.key : undefined
  return [
    ...(nowKey === undefined ? [] : [{ key: nowKey, isNext: false }]),
    ...(next.kind === 'key' && next.key !== nowKey ? [{ key: next.key, isNext: true }] : []),
  ]
}

/** A pair moves on to an address that others have only where they are of the other table and have no contact. */
const makingRoom = ({ entity }: BatchContext, { dynamics, activeCampaign }: KeyHolders): KeyHolders => ({
  dynamics: dynamics.filter((row) => row.entity !== entity.entity && row.link === undefined),
  activeCampaign,
})

/**
 * Who of those with a pair's address opted out in D365: the row itself, or one that does not speak for the contact. The most
 * restrictive wins: they all read the same mail. Asks who has the address, where that is not known.
 */
export const refusalOf = (
  context: BatchContext,
  row: DynamicsObservation,
  contact: ActiveCampaignObservation,
): Refusal => {
  if (optedOut(context, row)) return { because: 'The person opted out of e-mail in Dynamics 365.' }
  const { ledger, entity, holdersOf } = context
  const pair = { dynamicsId: row.id, activeCampaignId: contact.id }
  let isKnown = true
  for (const { key, isNext } of keysOf(context, row, contact)) {
    const holders = holdersOf(key)
    if (holders === undefined) {
      enterNeed(ledger, { kind: 'key-holders', entity: entity.entity, key })
      isKnown = false
    } else if (isKnown) {
      const beside = optedOutBeside(context, isNext ? makingRoom(context, holders) : holders, pair)
      if (beside !== undefined) return { because: besideBecause(beside) }
    }
  }
  return isKnown ? nobodyRefuses : 'unknown'
}

/** A linked contact that is to get no mail any more. */
interface Unsubscribing {
  readonly subject: LinkedSubject
  readonly contact: ActiveCampaignObservation
  /** Of the link; undefined where the same plan makes it. */
  readonly base: Base | undefined
  /** The row, where it is known. */
  readonly row: DynamicsObservation | undefined
  readonly because: string
  readonly dependsOn?: readonly string[]
}

/** Unsubscribes a contact from the lists that take part, and remembers that it was the sync. Says whether there were any. */
export const unsubscribe = (
  context: BatchContext,
  { subject, contact, base, row, because, dependsOn = [] }: Unsubscribing,
  dynamics: Fields = row === undefined ? {} : consentColumns(context, row.fields),
): boolean => {
  const { ledger, entity } = context
  const lists = participatingLists(context, contact)
  if (lists === undefined) {
    enterNeed(ledger, { kind: 'active-campaign-lists', entity: entity.entity, id: contact.id })
    return false
  }
  const active = subscribed(lists)
  if (active.length === 0) return false
  const own = ownUnsubscribes(base, contact.lists ?? [])
  const ended = lists.filter(({ id }) => active.includes(id))
  enterAction(
    ledger,
    UnsubscribeActiveCampaignContact.create({
      ...subject,
      because,
      lists: active,
      changes: [],
      settles: { dynamics, activeCampaign: rememberUnsubscribes([...own, ...ended.map(ownUnsubscribe)]) },
      preconditions: row === undefined ? {} : { dynamicsEtag: row.etag },
      dependsOn,
    }),
  )
  return true
}

/** Whether the last that a row says, before it takes no part any more, is that its person wants no mail. */
export const leavesOptedOut = (
  context: BatchContext,
  row: DynamicsObservation | undefined,
): row is DynamicsObservation => row !== undefined && flowsOut(context) && optedOut(context, row)

/**
 * A linked row that no longer takes part, and whose contact is not unsubscribed for that, opted out: its person gets no mail
 * either. Says whether that is to be done.
 */
export const carryLastOptOut = (
  context: BatchContext,
  subject: LinkedSubject,
  row: DynamicsObservation | undefined,
  contact: ActiveCampaignObservation,
  base: Base,
): boolean => {
  if (!leavesOptedOut(context, row)) return false
  const because = 'The row takes no part any more, but its person opted out of e-mail in Dynamics 365.'
  return unsubscribe(context, { subject, contact, base, row, because })
}

/** What a pair is called where it is planned itself: each table says by itself what of it is sensitive. */
const titleByTable = (
  context: BatchContext,
  entity: EntityName,
  speaker: DynamicsObservation | undefined,
  contact: ActiveCampaignObservation,
): string | undefined => {
  const table = context.definition.entities.find((other) => other.entity === entity)
  return table && speaker && subjectOf(inTable(context, table), speaker, contact).title
}

/** A row that speaks for no contact opted out: the contact with its address gets no mail, whoever speaks for it. */
export const carryOptOutBeside = (
  context: BatchContext,
  row: DynamicsObservation,
  holders: KeyHolders,
): void => {
  if (!flowsOut(context) || !optedOut(context, row)) return
  for (const { observation: contact, link, row: speaks } of holders.activeCampaign) {
    if (link === undefined) continue
    const speaker =
      speaks ?? holders.dynamics.find(({ observation }) => observation.id === link.dynamicsId)?.observation
    const beside = optedOutBeside(context, holders, link)
    // The speaker's own opt-out is carried where the pair is planned.
    if (beside === undefined || (speaker !== undefined && optedOut(context, speaker))) continue
    const { entity, dynamicsId, activeCampaignId } = link
    const title = titleByTable(context, entity, speaker, contact) ?? dynamicsId
    const subject = { entity, dynamicsId, activeCampaignId, title }
    unsubscribe(context, { subject, contact, base: link.base, row: speaker, because: besideBecause(beside) })
  }
}

/**
 * Whether one of several rows opted out, of which none speaks, and a contact with their address is linked to nobody. It is not
 * unsubscribed: there is no link that would remember that it was the sync.
 */
export const getsMailUnlinked = (
  context: BatchContext,
  rows: readonly DynamicsCandidate[],
  { activeCampaign }: KeyHolders,
): boolean =>
  flowsOut(context) &&
  rows.some(({ observation }) => optedOut(context, observation)) &&
  activeCampaign.some(({ link }) => link === undefined)
