import { z } from 'zod'
import { row } from '../row.ts'
import { id, instant, number, optionalText, reference, text } from '../wire.ts'

export const activityRow = row({
  id,
  /** When it happened. */
  tstamp: instant,
  /** The contact. */
  subscriberid: reference,
  /**
   * What happened: `Log` (a campaign was sent), `LinkData` (opened or clicked), `MppLinkData` (opened by Apple's proxy),
   * `Reply`, `Forward`, `SubscriberList` (list joined or left), `SubscriberSeries` (automation), `TrackingLog` (site or
   * event), `Note`, and others.
   */
  reference_type: text,
  reference_id: reference,
  /** Such as `start`, `complete`, `subscribe`, or `''`. */
  reference_action: text,
  /** Kind of the row it refers to, and its id: where to find it in the page's `included`. */
  reference: z.object({ type: text, id: text }).nullish(),
  referenceModelName: text,
  userid: reference,
  jsonData: z.unknown().optional(),
})

/** One thing that happened to a contact. @see https://developers.activecampaign.com/reference/list-contact-activities */
export type Activity = Readonly<z.output<typeof activityRow>>

export const trackingLogRow = row({
  id,
  contact: reference,
  /** Name of the event, or `pagevisit`. */
  type: text,
  /** The service cuts it at about 250 characters. */
  value: text,
  tstamp: instant,
  hash: text,
})

/** A visit to a page, or an event of one's own. */
export type TrackingLog = Readonly<z.output<typeof trackingLogRow>>

export const bounceLogRow = row({
  id,
  contact: reference,
  campaign: reference,
  message: reference,
  /** Code of the receiving server. */
  code: optionalText,
  codeid: reference,
  error: text,
  source: text,
  email: text,
  tstamp: instant,
  created_timestamp: instant,
})

/** A mail that came back. */
export type BounceLog = Readonly<z.output<typeof bounceLogRow>>

export const contactLogRow = row({
  id,
  contact: reference,
  campaign: reference,
  message: reference,
  tstamp: instant,
})

/** A mail that was sent. Often there are none; `activities.list` knows more. */
export type ContactLog = Readonly<z.output<typeof contactLogRow>>

export const contactGoalRow = row({
  id,
  contact: reference,
  goal: reference,
  automation: reference,
  contactAutomation: reference,
  timespan: number,
  tstamp: instant,
})

/** A goal of an automation that a contact reached. */
export type ContactGoal = Readonly<z.output<typeof contactGoalRow>>

export const scoreValueRow = row({
  id,
  score: reference,
  contact: reference,
  scoreValue: number,
  cdate: instant,
  mdate: instant,
})

/** A contact's score. */
export type ScoreValue = Readonly<z.output<typeof scoreValueRow>>

export const contactDataRow = row({
  contact: reference,
  tstamp: instant,
  geoCountry2: text,
  geo_country: text,
  geoState: text,
  geoCity: text,
  geoZip: text,
  geoLat: number,
  geoLon: number,
  geoTz: text,
})

/** Where a contact was last seen, as far as an IP address tells. */
export type ContactData = Readonly<z.output<typeof contactDataRow>>

export const geoIpRow = row({
  id,
  contact: reference,
  campaignid: reference,
  messageid: reference,
  geoAddress: reference,
  /** IPv4 address as a number. */
  ip4: number,
  tstamp: instant,
})

/** Where a mail was opened, as far as an IP address tells. */
export type GeoIp = Readonly<z.output<typeof geoIpRow>>

export const emailActivityRow = row({
  id,
  subject: optionalText,
  contact: reference,
  user: reference,
  tstamp: instant,
  sdate: instant,
})

/** A mail between one user and one contact; not a campaign. */
export type EmailActivity = Readonly<z.output<typeof emailActivityRow>>

export const linkDataRow = row({
  id,
  contact: reference,
  campaign: reference,
  link: reference,
  email: text,
  tstamp: instant,
})

/** A click, or an open, of any contact. Not documented: any key but the id may be missing. */
export type LinkData = Readonly<z.output<typeof linkDataRow>>
