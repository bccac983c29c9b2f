import { activeCampaignKey, dynamicsKey } from '../match/match-key.ts'
import type { Link } from '../model/link.ts'
import { type ActiveCampaignObservation, type DynamicsObservation, isDeleted } from '../model/observation.ts'
import type { LinkedSubject } from '../model/outcome.ts'
import type { RecordInput } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { counterpartName } from './counterpart-actions.ts'
import { isEligible } from './eligible.ts'
import { holdRecord } from './hold-field.ts'
import { holdForHolders } from './hold-for-holders.ts'
import { enterNeed, enterSkip } from './ledger.ts'
import { carryLastOptOut } from './opt-out.ts'
import { planDeletedContact } from './plan-deleted-contact.ts'
import { planDeparture, unlink } from './plan-departure.ts'
import { planPair } from './plan-pair.ts'
import { isHandedOver } from './speaker.ts'
import { subjectOf } from './subject.ts'
import { pairWithStandIn, planSucceeded, takeOver } from './succession.ts'

const present = <T extends { readonly id: string }>(
  observed: T | { readonly id: string; readonly deleted: true } | undefined,
): T | undefined => (observed === undefined || isDeleted(observed) ? undefined : observed)

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

const haveOneKey = (
  { rule }: BatchContext,
  dynamics: DynamicsObservation,
  activeCampaign: ActiveCampaignObservation,
): boolean => {
  const own = dynamicsKey(rule, dynamics.fields)
  const other = activeCampaignKey(rule, activeCampaign.fields)
  return own.kind === 'key' && other.kind === 'key' && own.key === other.key
}

/** A linked record: merge it, unless one end is gone, unread, or no longer takes part. */
export const planLinked = (context: BatchContext, link: Link, record: RecordInput): void => {
  const { ledger, entity } = context
  // Forgotten, the contact of a row that left could come back as a new row, also in the other table of people.
  const makesRows = context.definition.entities.some(
    (table) =>
      counterpartName(table.entity) === counterpartName(entity.entity) &&
      table.direction !== 'outbound' &&
      table.createInDynamics !== 'never',
  )
  const dynamics = present(record.dynamics)
  const activeCampaign = present(record.activeCampaign)
  const handedOver = dynamics !== undefined && isHandedOver(context, dynamics)
  if (dynamics !== undefined && activeCampaign !== undefined && isEligible(context, entity, dynamics)) {
    if (handedOver === false) {
      if (!planPair(context, { link, dynamics, activeCampaign })) ledger.unchanged += 1
      return
    }
  }
  const subject = {
    ...subjectOf(context, dynamics, activeCampaign, link.dynamicsId),
    dynamicsId: link.dynamicsId,
    activeCampaignId: link.activeCampaignId,
  }
  if (dynamics !== undefined && planSucceeded(context, subject, dynamics, activeCampaign, record.successor))
    return
  if (dynamics !== undefined && activeCampaign === undefined && record.activeCampaign !== undefined) {
    if (isEligible(context, entity, dynamics) && findAnother(context, subject, dynamics, link, record)) return
  }
  if (record.dynamics === undefined || record.activeCampaign === undefined) {
    askForMissing(context, link, record, subject)
  } else if (typeof handedOver === 'object' && activeCampaign !== undefined) {
    holdForHolders(context, subject, handedOver.key)
  } else if (dynamics === undefined && activeCampaign === undefined) {
    unlink(context, subject, 'Deleted on both sides.', [])
  } else if (dynamics !== undefined && activeCampaign === undefined) {
    planDeletedContact(context, subject, dynamics, link)
  } else if (dynamics === undefined && activeCampaign !== undefined) {
    planDeparture(context, subject, activeCampaign, {
      link,
      policy: entity.deleted.inDynamics,
      code: 'deleted',
      setting: 'deleted.inDynamics',
      because: 'Deleted in Dynamics 365.',
      mayForget: !makesRows,
      row: undefined,
    })
  } else if (
    dynamics !== undefined &&
    activeCampaign !== undefined &&
    handedOver === true &&
    makesRows &&
    !haveOneKey(context, dynamics, activeCampaign)
  ) {
    // Nobody speaks for the contact's own address: forgotten, it would ask for this very row again, run after run.
    const because =
      'A row of the other table speaks for the row’s address; the contact has another. The pair is left as it is.'
    if (!carryLastOptOut(context, subject, dynamics, activeCampaign, link.base))
      enterSkip(ledger, subject, 'other-entity-speaks', because)
  } else if (dynamics !== undefined && handedOver === true) {
    unlink(context, subject, 'A row of the other table speaks for this person now.', [], {
      dynamicsEtag: dynamics.etag,
    })
  } else if (dynamics !== undefined && activeCampaign !== undefined) {
    const because =
      dynamics.active === false
        ? 'The row is inactive in Dynamics 365.'
        : `No longer in scope: ${entity.scopeSentence}.`
    planDeparture(context, subject, activeCampaign, {
      link,
      policy: entity.leaving,
      setting: 'leaving',
      code: 'left-scope',
      because,
      mayForget: !makesRows,
      row: dynamics,
    })
  } else enterSkip(ledger, subject, 'deleted', 'Deleted.')
}
