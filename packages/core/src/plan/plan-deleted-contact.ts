import { DeactivateDynamicsRecord } from '../actions/deactivate-dynamics-record.ts'
import { DeleteDynamicsRecord } from '../actions/delete-dynamics-record.ts'
import type { Link } from '../model/link.ts'
import type { DynamicsObservation } from '../model/observation.ts'
import type { LinkedSubject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { enterAction, enterSkip } from './ledger.ts'
import { unlink } from './plan-departure.ts'
import { byPolicy, nameWhatDisappears } from './what-disappears.ts'

/** The contact was deleted in ActiveCampaign: what the definition says becomes of its row. */
export const planDeletedContact = (
  context: BatchContext,
  subject: LinkedSubject,
  row: DynamicsObservation,
  { base }: Link,
): void => {
  const { ledger, entity } = context
  const policy = entity.deleted.inActiveCampaign
  const why = 'Deleted in ActiveCampaign.'
  const because = byPolicy(why, 'deleted.inActiveCampaign', policy)
  const input = {
    ...subject,
    because,
    changes: [],
    settles: { dynamics: {}, activeCampaign: {} },
    preconditions: { dynamicsEtag: row.etag },
  }
  if (policy === 'delete') {
    nameWhatDisappears(context, subject, { base, gone: 'activeCampaign', left: row.fields, because })
    enterAction(ledger, DeleteDynamicsRecord.create(input))
  } else if (policy === 'deactivate' && row.active !== false) {
    enterAction(ledger, DeactivateDynamicsRecord.create(input))
  } else if (policy === 'unlink' && entity.direction === 'inbound') {
    // Forgotten, the row would look new and get a contact again, unless nothing flows that way.
    unlink(context, subject, because, [], input.preconditions)
  } else enterSkip(ledger, subject, 'deleted', `${why} The other side keeps its record.`)
}
