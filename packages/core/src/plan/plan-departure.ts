import { DeleteActiveCampaignContact } from '../actions/delete-active-campaign-contact.ts'
import { UnlinkRecords } from '../actions/unlink-records.ts'
import { UnsubscribeActiveCampaignContact } from '../actions/unsubscribe-active-campaign-contact.ts'
import type { ActiveCampaignObservation } from '../model/observation.ts'
import type { SkipCode, Subject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { contactPrecondition } from './contact-precondition.ts'
import { holdRecord } from './hold-field.ts'
import { enterAction, enterNeed, enterSkip } from './ledger.ts'
import { participatingLists, subscribed } from './participating-lists.ts'

/** A linked pair: what leaving is about. */
export type LinkedSubject = Subject & { readonly dynamicsId: string; readonly activeCampaignId: string }

/** Nothing becomes part of the base. */
const nothing = Object.freeze({ dynamics: Object.freeze({}), activeCampaign: Object.freeze({}) })

export const unlink = (
  context: BatchContext,
  subject: LinkedSubject,
  because: string,
  after: readonly string[],
): void => {
  enterAction(
    context.ledger,
    UnlinkRecords.create({
      ...subject,
      because,
      changes: [],
      settles: nothing,
      preconditions: {},
      dependsOn: after,
    }),
  )
}

export interface Departure {
  readonly policy: 'keep' | 'unlink' | 'unsubscribe' | 'archive' | 'delete'
  readonly code: SkipCode
  /** Why the row left, as a sentence. */
  readonly because: string
  /** Forgetting the link would let the record come back as a new one; it is then kept, as a memory of the departure. */
  readonly mayForget: boolean
}

/**
 * The D365 row no longer takes part: what the definition says becomes of its contact. ActiveCampaign has no archive:
 * `archive` unsubscribes everywhere and forgets the link.
 */
export const planDeparture = (
  context: BatchContext,
  subject: LinkedSubject,
  contact: ActiveCampaignObservation,
  { policy, code, because, mayForget }: Departure,
): void => {
  const { ledger, entity } = context
  const stay = () => enterSkip(ledger, subject, code, `${because} The pair is left as it is.`)
  if (policy === 'keep') stay()
  else if (policy === 'delete') {
    enterAction(
      ledger,
      DeleteActiveCampaignContact.create({
        ...subject,
        because,
        changes: [],
        settles: nothing,
        preconditions: contactPrecondition(contact, { dynamics: {}, activeCampaign: contact.fields }),
      }),
    )
  } else if (policy === 'unlink') {
    if (mayForget) unlink(context, subject, because, [])
    else stay()
  } else {
    const lists = participatingLists(context, contact)
    if (lists === undefined) {
      enterNeed(ledger, { kind: 'active-campaign-lists', entity: entity.entity, id: contact.id })
      holdRecord(ledger, subject, 'not-known-yet', {
        message: `${because} The lists of the contact have not been read yet.`,
        resolve: ['Read them and plan again.'],
      })
      return
    }
    const active = subscribed(lists)
    const before: string[] = []
    if (active.length > 0) {
      const action = UnsubscribeActiveCampaignContact.create({
        ...subject,
        because,
        lists: active,
        changes: [],
        settles: nothing,
        preconditions: {},
      })
      enterAction(ledger, action)
      before.push(action.id)
    }
    if (policy === 'archive' && mayForget) unlink(context, subject, because, before)
    else if (active.length === 0) stay()
  }
}
