import type { Preconditions } from '../actions/action-base.ts'
import { actionIdFor } from '../actions/action-id.ts'
import { UnlinkRecords } from '../actions/unlink-records.ts'
import { activeCampaignKey } from '../match/match-key.ts'
import type { Link } from '../model/link.ts'
import type { ActiveCampaignObservation, DynamicsObservation } from '../model/observation.ts'
import type { LinkedSubject, SkipCode } from '../model/outcome.ts'
import { type BatchContext, keyName } from './batch-context.ts'
import { contactPrecondition } from './contact-precondition.ts'
import { counterpartActions } from './counterpart-actions.ts'
import { holdRecord } from './hold-field.ts'
import { holdForHolders } from './hold-for-holders.ts'
import { enterAction, enterNeed, enterSkip } from './ledger.ts'
import { carryLastOptOut, leavesOptedOut, unsubscribe } from './opt-out.ts'
import { participatingLists } from './participating-lists.ts'
import { takesOver } from './takes-over.ts'
import { byPolicy, nameWhatDisappears } from './what-disappears.ts'

/** Nothing becomes part of the base. */
const nothing = Object.freeze({ dynamics: Object.freeze({}), activeCampaign: Object.freeze({}) })

export const unlink = (
  context: BatchContext,
  subject: LinkedSubject,
  because: string,
  after: readonly string[],
  preconditions: Preconditions = {},
): void => {
  enterAction(
    context.ledger,
    UnlinkRecords.create({
      ...subject,
      because,
      changes: [],
      settles: nothing,
      preconditions,
      dependsOn: after,
    }),
  )
}

export interface Departure {
  readonly link: Link
  readonly policy: 'keep' | 'unlink' | 'unsubscribe' | 'archive' | 'delete'
  /** The setting that has the policy. */
  readonly setting: 'leaving' | 'deleted.inDynamics'
  readonly code: SkipCode
  /** Why the row left, as a sentence. */
  readonly because: string
  /** Forgetting the link would let the record come back as a new one; it is then kept, as a memory of the departure. */
  readonly mayForget: boolean
  /** The row that leaves; undefined when it was deleted, and then it must still be gone when the action is applied. */
  readonly row: DynamicsObservation | undefined
}

/**
 * Whether another row that takes part has the contact's address. It takes over, and its person must not be deleted or
 * unsubscribed for the one who left. Undefined while nobody has looked; the record is then held.
 */
const hasSuccessor = (
  context: BatchContext,
  subject: LinkedSubject,
  contact: ActiveCampaignObservation,
): boolean | undefined => {
  const match = activeCampaignKey(context.rule, contact.fields)
  if (match.kind !== 'key') return false
  const holders = context.holdersOf(match.key)
  if (holders === undefined) {
    holdForHolders(context, subject, match.key)
    return undefined
  }
  const { definition, settings } = context
  return holders.dynamics.some((row) => takesOver(definition, row, contact.id, settings.nowMs))
}

/** Whether the lists of a contact are known; asks for them, and holds the record, if not. */
const areListsKnown = (
  context: BatchContext,
  subject: LinkedSubject,
  contact: ActiveCampaignObservation,
  because: string,
): boolean => {
  const { ledger, entity } = context
  if (participatingLists(context, contact) !== undefined) return true
  enterNeed(ledger, { kind: 'active-campaign-lists', entity: entity.entity, id: contact.id })
  holdRecord(ledger, subject, 'not-known-yet', {
    message: `${because} The lists of the contact have not been read yet.`,
    resolve: ['Read them and plan again.'],
  })
  return false
}

/** Forgets the link of a row that takes no part any more; the last that it says is that its person wants no mail, if it says so. */
export const forgetLeft = (
  context: BatchContext,
  subject: LinkedSubject,
  contact: ActiveCampaignObservation,
  { link: { base }, because, row }: Pick<Departure, 'link' | 'because' | 'row'>,
): void => {
  const leaves = leavesOptedOut(context, row)
  if (leaves && !areListsKnown(context, subject, contact, because)) return
  const unsubscribes = leaves && carryLastOptOut(context, subject, row, contact, base)
  const before = unsubscribes ? [actionIdFor('unsubscribe-active-campaign-contact', subject)] : []
  unlink(context, subject, because, before, row === undefined ? {} : { dynamicsEtag: row.etag })
}

/**
 * The D365 row no longer takes part: what the definition says becomes of its contact. ActiveCampaign has no archive:
 * `archive` unsubscribes everywhere and forgets the link.
 */
export const planDeparture = (
  context: BatchContext,
  subject: LinkedSubject,
  contact: ActiveCampaignObservation,
  departure: Departure,
): void => {
  const { ledger, entity } = context
  const { link, setting, code, because: why, row } = departure
  const { base } = link
  const preconditions: Preconditions = row === undefined ? {} : { dynamicsEtag: row.etag }
  const succeeded = hasSuccessor(context, subject, contact)
  if (succeeded === undefined) return
  const { policy, mayForget } = succeeded ? { policy: 'unlink' as const, mayForget: true } : departure
  const because = succeeded
    ? `${why} Another row has its ${keyName(context, 'activeCampaign')} and takes over.`
    : byPolicy(why, setting, policy)
  const stay = () => {
    if (!carryLastOptOut(context, subject, row, contact, base))
      enterSkip(ledger, subject, code, `${why} The pair is left as it is.`)
  }
  if (policy === 'keep') stay()
  else if (policy === 'delete') {
    nameWhatDisappears(context, subject, { base, gone: 'dynamics', left: contact.fields, because })
    enterAction(
      ledger,
      counterpartActions(entity.entity).delete({
        ...subject,
        because,
        changes: [],
        settles: nothing,
        preconditions: {
          ...preconditions,
          ...contactPrecondition(contact, { dynamics: {}, activeCampaign: contact.fields }),
        },
      }),
    )
  } else if (policy === 'unlink' && !mayForget) stay()
  else if (policy === 'unlink') forgetLeft(context, subject, contact, { link, because, row })
  else if (areListsKnown(context, subject, contact, because)) {
    // What the columns say is settled when the row takes part again.
    const unsubscribes = unsubscribe(context, { subject, contact, base, row, because }, {})
    const before = unsubscribes ? [actionIdFor('unsubscribe-active-campaign-contact', subject)] : []
    if (policy !== 'unsubscribe' && mayForget) unlink(context, subject, because, before, preconditions)
    else if (!unsubscribes) stay()
  }
}
