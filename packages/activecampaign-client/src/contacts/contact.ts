import type { z } from 'zod'
import { row } from '../row.ts'
import { day, flag, id, ids, instant, number, optionalText, reference, text } from '../wire.ts'

export const contactRow = row({
  id,
  /** `''` for a contact known by its phone only. */
  email: text,
  firstName: text,
  lastName: text,
  phone: text,
  /** When the contact was made. */
  cdate: instant,
  /** When its data last changed. Tags, notes and field values move it too, opens and clicks do not. */
  udate: instant,
  created_timestamp: instant,
  /** Like `udate`, but opens and clicks move it as well. */
  updated_timestamp: instant,
  /** The service says US-Central time here, whatever the name says; this is the real instant. */
  created_utc_timestamp: instant,
  updated_utc_timestamp: instant,
  created_by: reference,
  updated_by: reference,
  deleted: flag,
  deleted_at: instant,
  anonymized: flag,
  hash: text,
  /** The linked account. */
  orgid: reference,
  orgname: text,
  bounced_hard: number,
  bounced_soft: number,
  bounced_date: day,
  /** Last activity. */
  adate: instant,
  /** Last engagement. */
  edate: instant,
  last_open_date: instant,
  last_click_date: instant,
  last_mpp_open_date: instant,
  sms_consent: optionalText,
  sms_consent_updated_at: instant,
  /** Ids of the contact's account links. */
  accountContacts: ids,
})

/**
 * A contact. Create and first sync answer with few keys: names not sent are `''`, times not told are null.
 * Times are ISO 8601 in UTC.
 *
 * @see https://developers.activecampaign.com/reference/contact
 */
export type Contact = Readonly<z.output<typeof contactRow>>

const gone = /^deleted\+/i

/** A contact that was deleted or merged away can still be read by its id; its e-mail then says `deleted+<id>@`. */
export const isGone = (contact: Contact): boolean => contact.deleted || gone.test(contact.email)
