import type { z } from 'zod'
import { row } from '../row.ts'
import { flag, id, instant, number, optionalText, reference, text } from '../wire.ts'

export const campaignRow = row({
  id,
  name: text,
  /** `single`, `recurring`, `split`, `responder`, `reminder`, `special`, `activerss`, `text`, ... */
  type: text,
  /** 0 draft, 1 scheduled, 2 sending, 3 paused, 4 stopped, 5 completed, by all that is known. */
  status: number,
  userid: reference,
  segmentid: reference,
  /** Id of the automation that sends it. */
  automation: reference,
  seriesid: reference,
  message_id: reference,
  campaign_message_id: reference,
  cdate: instant,
  mdate: instant,
  /** When it is or was to be sent, and when it was last sent. */
  sdate: instant,
  ldate: instant,
  send_amt: number,
  total_amt: number,
  opens: number,
  uniqueopens: number,
  linkclicks: number,
  uniquelinkclicks: number,
  subscriberclicks: number,
  forwards: number,
  uniqueforwards: number,
  hardbounces: number,
  softbounces: number,
  unsubscribes: number,
  replies: number,
  uniquereplies: number,
})

/** A campaign with its figures. @see https://developers.activecampaign.com/reference/list-all-campaigns */
export type Campaign = Readonly<z.output<typeof campaignRow>>

export const campaignDraftRow = row({ id, name: text, type: text, canSplitContent: flag })

/** A campaign just made: no message, no list yet. */
export type CampaignDraft = Readonly<z.output<typeof campaignDraftRow>>

export const campaignLinkRow = row({
  id,
  campaignid: reference,
  messageid: reference,
  /** The address, or `open` for the picture that tells opens. */
  link: text,
  name: text,
  ref: text,
  tracked: flag,
})

/** A tracked link of a campaign. */
export type CampaignLink = Readonly<z.output<typeof campaignLinkRow>>

export const campaignMessageRow = row({
  id,
  campaignid: reference,
  messageid: reference,
  subject: optionalText,
  percentage: number,
})

/** A message as part of a campaign. */
export type CampaignMessage = Readonly<z.output<typeof campaignMessageRow>>

export const campaignListRow = row({ id, campaignid: reference, listid: reference })

/** A list that a campaign goes to. */
export type CampaignList = Readonly<z.output<typeof campaignListRow>>
