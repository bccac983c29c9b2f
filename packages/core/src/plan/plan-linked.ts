import { activeCampaignKey, dynamicsKey, isSameKey } from '../match/match-key.ts'
import type { Link } from '../model/link.ts'
import {
  type ActiveCampaignObservation,
  type Deleted,
  type DynamicsObservation,
  isDeleted,
} from '../model/observation.ts'
import type { LinkedSubject } from '../model/outcome.ts'
import type { RecordInput } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { counterpartName } from './counterpart-actions.ts'
import { isEligible } from './eligible.ts'
import { holdRecord } from './hold-field.ts'
import { holdForHolders } from './hold-for-holders.ts'
import { holdUnreadable } from './hold-unreadable.ts'
import { enterNeed, enterSkip } from './ledger.ts'
import { carryLastOptOut } from './opt-out.ts'
import { planDeletedContact } from './plan-deleted-contact.ts'
import { forgetLeft, planDeparture, unlink } from './plan-departure.ts'
import { planPair } from './plan-pair.ts'
import { isHandedOver } from './speaker.ts'
import { subjectOf } from './subject.ts'
import { pairWithStandIn, planSucceeded, takeOver } from './succession.ts'

const present = <T extends { readonly id: string }>(observed: T | Deleted | undefined): T | undefined =>
  observed === undefined || isDeleted(observed) ? undefined : observed

/** Holds a linked record of which one side was not read, and asks for it. */
export const askForMissing = (
  context: BatchContext,
  link: Link,
  record: RecordInput,
  subject: LinkedSubject,
): void => {
  const { ledger, entity } = context
  if (record.dynamics === undefined) {
    enterNeed(ledger, { kind: 'dynamics-row', entity: entity.entity, id: link.dynamicsId })
  }
  if (record.activeCampaign === undefined) {
    enterNeed(ledger, { kind: 'active-campaign-contact', entity: entity.entity, id: link.activeCampaignId })
  }
  holdRecord(ledger, subject, 'not-known-yet', {
    message: 'One side of the link has not been read yet.',
    resolve: ['Read it and plan again.'],
  })
}

/**
 * The contact of a row that takes part is gone: the row's new partner, if there is one. The contact that has its address comes
 * first, as it does where that contact looks for its row.
 */
const findAnother = (
  context: BatchContext,
  subject: LinkedSubject,
  row: DynamicsObservation,
  link: Link,
  { predecessors }: RecordInput,
): boolean => pairWithStandIn(context, subject, row, link) || takeOver(context, subject, row, predecessors)

/** Forgotten, the contact of a row that left could come back as a new row, also in the other table of people. */
const makesRows = ({ definition, entity }: BatchContext): boolean =>
  definition.entities.some(
    (table) =>
      counterpartName(table.entity) === counterpartName(entity.entity) && table.createInDynamics !== 'never',
  )

/** The row of a link is gone. */
const planDeletedRow = (
  context: BatchContext,
  subject: LinkedSubject,
  contact: ActiveCampaignObservation | undefined,
  link: Link,
): void => {
  if (contact === undefined) {
    unlink(context, subject, 'Deleted on both sides.', [])
    return
  }
  planDeparture(context, subject, contact, {
    link,
    policy: context.entity.deleted.inDynamics,
    setting: 'deleted.inDynamics',
    code: 'deleted',
    because: 'Deleted in Dynamics 365.',
    mayForget: !makesRows(context),
    row: undefined,
  })
}

/** A row of the other table speaks for a linked row’s address now. What a row that takes part says of mail is heard beside it. */
const planHandedOver = (
  context: BatchContext,
  subject: LinkedSubject,
  row: DynamicsObservation,
  contact: ActiveCampaignObservation,
  { link, takesPart }: { readonly link: Link; readonly takesPart: boolean },
): void => {
  const { ledger, rule } = context
  const haveOneKey = isSameKey(dynamicsKey(rule, row.fields), activeCampaignKey(rule, contact.fields))
  if (haveOneKey || !makesRows(context)) {
    const because = 'A row of the other table speaks for this person now.'
    if (takesPart) unlink(context, subject, because, [], { dynamicsEtag: row.etag })
    else forgetLeft(context, subject, contact, { link, because, row })
  } else if (!carryLastOptOut(context, subject, row, contact, link.base)) {
    // Nobody speaks for the contact's own address: forgotten, it would ask for this very row again, run after run.
    const because =
      'A row of the other table speaks for the row’s address; the contact has another. The pair is left as it is.'
    enterSkip(ledger, subject, 'other-entity-speaks', because)
  }
}

/** The row of a link is inactive, or no longer meets the scope. */
const planLeft = (
  context: BatchContext,
  subject: LinkedSubject,
  row: DynamicsObservation,
  contact: ActiveCampaignObservation,
  link: Link,
): void => {
  const { leaving, scopeSentence } = context.entity
  planDeparture(context, subject, contact, {
    link,
    policy: leaving,
    setting: 'leaving',
    code: 'left-scope',
    because:
      row.active === false ? 'The row is inactive in Dynamics 365.' : `No longer in scope: ${scopeSentence}.`,
    mayForget: !makesRows(context),
    row,
  })
}

/** A linked record: merge it, unless one end is gone, unread, or no longer takes part. */
export const planLinked = (context: BatchContext, link: Link, record: RecordInput): void => {
  const { ledger, entity } = context
  const dynamics = present(record.dynamics)
  const activeCampaign = present(record.activeCampaign)
  const linkedSubject = (): LinkedSubject => ({
    ...subjectOf(context, dynamics, activeCampaign, link.dynamicsId),
    dynamicsId: link.dynamicsId,
    activeCampaignId: link.activeCampaignId,
  })
  if (record.dynamics !== undefined && holdUnreadable(context, activeCampaign, linkedSubject)) return
  const takesPart = dynamics !== undefined && isEligible(context, entity, dynamics)
  const handedOver = dynamics !== undefined && isHandedOver(context, dynamics)
  if (takesPart && activeCampaign !== undefined && handedOver === false) {
    if (!planPair(context, { link, dynamics, activeCampaign })) ledger.unchanged += 1
    return
  }
  const subject = linkedSubject()
  if (record.dynamics === undefined || record.activeCampaign === undefined) {
    askForMissing(context, link, record, subject)
  } else if (dynamics === undefined) {
    planDeletedRow(context, subject, activeCampaign, link)
  } else if (planSucceeded(context, subject, dynamics, activeCampaign, record.successor)) {
    return
  } else if (activeCampaign === undefined) {
    const found = takesPart && findAnother(context, subject, dynamics, link, record)
    if (!found) planDeletedContact(context, subject, dynamics, link)
  } else if (typeof handedOver === 'object') {
    holdForHolders(context, subject, handedOver.key)
  } else if (handedOver) {
    planHandedOver(context, subject, dynamics, activeCampaign, { link, takesPart })
  } else planLeft(context, subject, dynamics, activeCampaign, link)
}
