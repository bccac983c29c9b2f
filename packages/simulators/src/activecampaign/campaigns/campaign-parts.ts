import { type Call, type Endpoint, param } from '../core/call.ts'
import { rowOr404 } from '../core/crud.ts'
import { type JsonObject, type Row, text } from '../core/json.ts'
import { ok } from '../core/reply.ts'
import { linksOf } from '../core/show.ts'
import { campaigns } from './campaigns.ts'

/** The tracked links of a campaign: the read tracker first, then every address its message points to. */
export function campaignLinks(call: Call, campaign: Row): readonly Row[] {
  const { links, messages } = call.store.tables
  const known = links.by('campaignid', campaign.id)
  if (known.length > 0) return known
  const message = messages.get(text(campaign.message_id))
  if (message === undefined) return []
  const hrefs = [...text(message.html).matchAll(/href="(https?:[^"]+)"/g)].map((match) => match[1] ?? '')
  const add = (link: string, name: string): Row =>
    links.put({
      campaignid: campaign.id,
      messageid: message.id,
      link,
      name,
      ref: '',
      tracked: '1',
      id: links.nextId(),
    })
  return [add('open', 'Read Tracker'), ...[...new Set(hrefs)].map((href) => add(href, ''))]
}

const shownLink = (call: Call, row: Row): JsonObject => ({
  ...row,
  links: linksOf(call.store, 'links', row.id, ['campaign', 'message']),
  campaign: text(row.campaignid),
  message: text(row.messageid) === '0' ? null : text(row.messageid),
})

const part = (name: string, rows: (call: Call, campaign: Row) => readonly JsonObject[]): Endpoint => ({
  operation: `campaigns.${name}`,
  method: 'GET',
  path: `campaigns/:id/${name}`,
  handle: (call) => ok({ [name]: rows(call, rowOr404(campaigns, call, param(call, 'id'))) }),
})

export const campaignPartEndpoints: readonly Endpoint[] = [
  part('links', (call, campaign) => campaignLinks(call, campaign).map((row) => shownLink(call, row))),
  part('campaignMessages', (call, campaign) =>
    call.store.tables.campaignMessages.by('campaignid', campaign.id).map((row) => ({
      ...row,
      links: linksOf(call.store, 'campaignMessages', row.id, ['campaign', 'message']),
      campaign: text(row.campaignid),
      message: text(row.messageid),
    })),
  ),
  part('campaignLists', (call, campaign) =>
    call.store.tables.campaignLists.by('campaignid', campaign.id).map((row) => ({
      ...row,
      links: linksOf(call.store, 'campaignLists', row.id, ['campaign', 'list']),
      campaign: text(row.campaignid),
      list: text(row.listid),
    })),
  ),
]
