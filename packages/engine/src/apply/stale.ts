import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { isNotFound, isPreconditionFailed } from '@dynacamp/dynamics-client'
import { contactKind } from '../observe/contact-record.ts'
import type { RecordKind } from '../state/state-store.ts'
import type { Stale } from './outcome.ts'

const stale = (code: string, message: string): Stale => ({ status: 'stale', code, message })

/** The contact is not what the plan was made from. */
export const contactChanged = stale(
  'contact-changed',
  'The contact changed in ActiveCampaign after the plan; the next plan merges it.',
)

/** The record is not what the state says any more. */
export const recordChanged = stale(
  'record-changed',
  'The record changed after the plan; the next plan merges it.',
)

/** Somebody has the e-mail of a contact that was to be made. */
export const contactExists = stale(
  'contact-exists',
  'Somebody made a contact with this e-mail after the plan; the next plan matches the two.',
)

/** Somebody has the key of a row that was to be made. */
export const rowExists = stale(
  'row-exists',
  'Somebody made a row with this e-mail, or name, after the plan; the next plan matches the two.',
)

/** Somebody has the key of a record that was to go, and takes it over. */
export const takenOver = stale(
  'taken-over',
  'Somebody else has its e-mail, or name, by now, and it stays for them; the next plan sees both.',
)

/** Another row with the address of a contact that was to get mail again opted out. */
export const optedOutSince = stale(
  'opted-out',
  'Another row with its e-mail opted out after the plan; the next plan hears all of them.',
)

/** A tag that a contact was to get. */
export const tagGone = stale(
  'tag-gone',
  'A tag was deleted in ActiveCampaign just before the contact was to get it; the next plan has it made again.',
)

/** A bulk import is about to change the record. */
export const underWay = stale(
  'under-way',
  'An earlier bulk import of this record is not done; the next plan sees what came of it.',
)

/** An action that it depends on was not done. */
export const waitsInVain = stale(
  'dependency',
  'An action that this one depends on is not done; the next plan has it again.',
)

/** Nothing more is tried. */
export const runStopped = stale(
  'run-stopped',
  'Not tried: an earlier failure concerns every call. The next plan has it again.',
)

/** The run has no time left. Only the journal says it. */
export const leftByDeadline = stale(
  'deadline',
  'Not tried: the deadline came before its turn. The next plan has it again.',
)

/** Others of its kind were refused, whatever the record. */
export const kindRefused = stale(
  'kind-refused',
  'Not tried: the service refused another action of this kind in a way that concerns them all. The next plan has it again.',
)

/** It writes a custom field that is not there. */
export const fieldMissing = stale(
  'missing-field',
  'Not tried: ActiveCampaign lacks a custom field that it writes, or that says who becomes a row. The next plan has it again.',
)

/** Another table of people cannot be read. */
export const peopleUnread = stale(
  'people-unread',
  'Not tried: another table of people cannot be read, which may say more about this person. The next plan has it again.',
)

/** It would make a person without their account. */
export const accountUnread = stale(
  'account-unread',
  'Not tried: accounts cannot be read, and the person belongs to one that is not in sync, or may belong to one. The next plan has it again.',
)

/** Codes of what is left alone because of something that concerns many records. */
export const leftAlone: readonly string[] = [kindRefused, fieldMissing, peopleUnread, accountUnread].map(
  ({ code }) => code,
)

/** Codes of what nobody has tried, and so says nothing of the record. */
export const notTried: readonly string[] = [waitsInVain.code, underWay.code, ...leftAlone]

/** What an error of ActiveCampaign says about the contact. Throws what says nothing about it. */
export const staleContact = (error: unknown, id: string): Stale => {
  if (!isActiveCampaignError(error)) throw error
  switch (error.code) {
    case 'not-found':
      return {
        ...stale('contact-gone', 'The contact was deleted in ActiveCampaign after the plan.'),
        gone: { ...contactKind, id },
      }
    case 'duplicate':
      return stale(
        'email-taken',
        'Another contact of ActiveCampaign has this e-mail; the next plan shows both.',
      )
    default:
      throw error
  }
}

/** What an error of D365 says about the row. Throws what says nothing about it. */
export const staleRow = (error: unknown, row: RecordKind & { readonly id: string }): Stale => {
  if (isPreconditionFailed(error)) {
    return stale('row-changed', 'The row changed in D365 after the plan; the next plan merges it.')
  }
  if (isNotFound(error)) {
    return { ...stale('row-gone', 'The row was deleted in D365 after the plan.'), gone: row }
  }
  throw error
}
