import type { JsonObject } from '../core/json.ts'

/** A contact as the simulator keeps it. Instants are epoch milliseconds, shown with one-second resolution. */
export interface Contact {
  readonly id: string
  readonly email: string
  readonly phone: string
  readonly firstName: string
  readonly lastName: string
  readonly createdAt: number
  /** `udate`: moved by writes to the contact's data, its tags, notes and field values. */
  readonly changedAt: number
  /** `updated_timestamp`: moved by engagement too. */
  readonly stampedAt: number
  readonly createdBy: string | null
  readonly updatedBy: string | null
  /** Removed by a user (deleted or merged): unlisted, perhaps still readable. */
  readonly removed: boolean
  readonly hash: string
  /** Engagement, consent, bounces: the columns as shown. */
  readonly columns: JsonObject
}

/** Columns nobody writes through the API, in the state of a contact nothing has happened to. */
export const quietColumns: JsonObject = {
  segmentio_id: '',
  bounced_hard: '0',
  bounced_soft: '0',
  bounced_date: null,
  ip: '0',
  ua: null,
  socialdata_lastcheck: null,
  email_local: '',
  sentcnt: '0',
  rating_tstamp: null,
  gravatar: '0',
  anonymized: '0',
  adate: null,
  edate: null,
  deleted_at: null,
  mpp_tracking: '0',
  last_click_date: null,
  last_open_date: null,
  last_mpp_open_date: null,
  best_send_hour: null,
  sms_consent: null,
  sms_consent_updated_at: null,
  whatsapp_id: null,
  whatsapp_username: null,
}

/** "Never" as older contacts have it. */
export const zeroDateColumns: JsonObject = {
  bounced_date: '0000-00-00',
  socialdata_lastcheck: '0000-00-00 00:00:00',
  rating_tstamp: '0000-00-00',
  deleted_at: '0000-00-00 00:00:00',
  ua: '',
  gravatar: '1',
}
