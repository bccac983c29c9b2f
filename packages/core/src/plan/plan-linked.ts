import { UnlinkRecords } from '../actions/unlink-records.ts'
import type { Link } from '../model/link.ts'
import { isDeleted } from '../model/observation.ts'
import type { Subject } from '../model/outcome.ts'
import type { RecordInput } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { isEligible } from './eligible.ts'
import { holdRecord } from './hold-field.ts'
import { enterAction, enterNeed, enterSkip } from './ledger.ts'
import { planPair } from './plan-pair.ts'
import { subjectOf } from './subject.ts'

const askForMissing = (context: BatchContext, link: Link, record: RecordInput, subject: Subject): void => {
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

/** A linked record: merge it, unless one end is gone, unread, or no longer takes part. */
export const planLinked = (context: BatchContext, link: Link, record: RecordInput): void => {
  const { ledger, entity } = context
  const { dynamics, activeCampaign } = record
  if (
    dynamics !== undefined &&
    activeCampaign !== undefined &&
    !isDeleted(dynamics) &&
    !isDeleted(activeCampaign)
  ) {
    if (isEligible(context, dynamics)) {
      planPair(context, { link, dynamics, activeCampaign })
      return
    }
    const message =
      dynamics.active === false
        ? 'The row is inactive in Dynamics 365; the pair is left as it is.'
        : `No longer in scope: ${entity.scopeSentence}; the pair is left as it is.`
    enterSkip(ledger, subjectOf(context, dynamics, activeCampaign), 'left-scope', message)
    return
  }
  const subject = {
    ...subjectOf(
      context,
      dynamics === undefined || isDeleted(dynamics) ? undefined : dynamics,
      activeCampaign === undefined || isDeleted(activeCampaign) ? undefined : activeCampaign,
    ),
    dynamicsId: link.dynamicsId,
    activeCampaignId: link.activeCampaignId,
  }
  if (dynamics === undefined || activeCampaign === undefined) {
    askForMissing(context, link, record, subject)
    return
  }
  if (isDeleted(dynamics) && isDeleted(activeCampaign)) {
    const settles = { dynamics: {}, activeCampaign: {} }
    enterAction(ledger, UnlinkRecords.create({ ...subject, changes: [], settles, preconditions: {} }))
    return
  }
  // The link stays: it is what keeps the surviving record from being created on the other side again.
  const gone = isDeleted(dynamics) ? 'Dynamics 365' : 'ActiveCampaign'
  enterSkip(ledger, subject, 'deleted', `Deleted in ${gone}; the other side keeps its record.`)
}
