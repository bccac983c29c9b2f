import { own } from '../../shared/own.ts'
import { type JsonObject, type Row, text } from '../core/json.ts'
import { done, failed, type V1Call } from './v1-call.ts'

const person = (call: V1Call, row: Row): JsonObject => {
  const contact = call.store.contacts.get(text(row.contact))
  return { subscriberid: text(row.contact), email: contact?.email ?? '', tstamp: text(row.tstamp) }
}

const ofCampaign = (rows: readonly Row[], campaign: string): readonly Row[] =>
  rows.filter((row) => row.campaign === campaign)

/** Rows of a v1 answer sit beside the result keys under their numbers. */
const numbered = (rows: readonly JsonObject[]): JsonObject =>
  Object.fromEntries(rows.map((row, index) => [String(index), row]))

const reports: Readonly<Record<string, (call: V1Call, campaign: string) => readonly JsonObject[]>> = {
  campaign_report_open_list: (call, campaign) =>
    ofCampaign(call.store.tables.linkData.rows, campaign)
      .filter((row) => row.url === 'open')
      .map((row) => ({ ...person(call, row), times: text(row.times) })),
  campaign_report_link_list: (call, campaign) =>
    ofCampaign(call.store.tables.linkData.rows, campaign)
      .filter((row) => row.url !== 'open')
      .map((row) => ({ ...person(call, row), link: text(row.url), times: text(row.times) })),
  campaign_report_bounce_list: (call, campaign) =>
    ofCampaign(call.store.tables.bounceLogs.rows, campaign).map((row) => ({
      ...person(call, row),
      error: text(row.error),
      code: text(row.code),
    })),
  campaign_report_unopen_list: (call, campaign) => {
    const { contactLogs, linkData } = call.store.tables
    const openers = new Set(ofCampaign(linkData.rows, campaign).map((row) => row.contact))
    return ofCampaign(contactLogs.rows, campaign)
      .filter((row) => !openers.has(row.contact ?? null))
      .map((row) => person(call, row))
  },
  campaign_report_forward_list: () => [],
  campaign_report_unsubscription_list: (call, campaign) =>
    ofCampaign(call.store.tables.contactLists.rows, campaign)
      .filter((row) => row.status === '2')
      .map((row) => ({ ...person(call, row), tstamp: text(row.udate) })),
}

/** The report of that name, or nothing when it is none. */
export function report(call: V1Call, action: string): JsonObject | undefined {
  const rows = own(reports, action)
  if (rows === undefined) return undefined
  const campaign = call.params.get('campaignid') ?? ''
  if (call.store.tables.campaigns.get(campaign) === undefined) return failed('Campaign not found.')
  const found = rows(call, campaign)
  return found.length === 0
    ? failed('Failed: Nothing is returned')
    : done('Success: Something is returned', numbered(found))
}
