import { type Call, type Endpoint, param } from '../core/call.ts'
import { crud, rowOr404, sentColumns } from '../core/crud.ts'
import {
  isJsonArray,
  type Json,
  type JsonObject,
  objectAt,
  pick,
  type Row,
  stored,
  text,
} from '../core/json.ts'
import { ok, Rejection, type Reply } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { fullRow } from '../core/show.ts'
import { campaignColumns } from './campaign-columns.ts'

/** `status`: 0 draft, 1 scheduled or automation, 2 sending, 5 sent. */
export const campaigns: Resource = {
  path: 'campaigns',
  one: 'campaign',
  model: 'Campaign',
  links: [
    'user',
    'automation',
    'campaignMessage',
    'campaignMessages',
    'links',
    'aggregateRevenues',
    'segment',
    'campaignLists',
  ],
  defaults: campaignColumns,
  computed: (row) => ({
    user: text(row.userid),
    automation: text(row.seriesid) === '0' ? null : text(row.seriesid),
  }),
  listed: (row, store) => ({
    numberOfMessages: String(store.tables.campaignMessages.by('campaignid', row.id).length),
    campaignIsText: row.format === 'text' ? '1' : '0',
    typeText: 'One-Time',
    statusToolTip: '',
    statusString:
      { '0': 'Draft', '1': 'Scheduled', '2': 'Sending', '5': 'Completed' }[text(row.status)] ?? '',
    groupLimitViolation: false,
  }),
  list: { contains: ['name'], searches: ['name'] },
}

/** Adds a campaign: what `POST /campaign`, a copy, v1 and users have in common. */
export function addCampaign(call: Call, columns: JsonObject): Row {
  const table = call.store.tables.campaigns
  return table.put({ ...campaignColumns(call.store), ...columns, id: table.nextId() })
}

/** The only message that matters here: one campaign, one message. */
export function attachMessage(call: Call, campaign: Row, message: string): Row {
  const { campaigns: table, campaignMessages } = call.store.tables
  for (const row of campaignMessages.by('campaignid', campaign.id)) campaignMessages.remove(row.id)
  const link = campaignMessages.put({
    campaignid: campaign.id,
    messageid: message,
    percentage: '100',
    sourcesize: '0',
    initial_split_percentage: '100',
    id: campaignMessages.nextId(),
  })
  return table.put({ ...campaign, message_id: message, campaign_message_id: link.id })
}

export function attachLists(call: Call, campaign: Row, lists: readonly string[]): void {
  const table = call.store.tables.campaignLists
  for (const row of table.by('campaignid', campaign.id)) table.remove(row.id)
  for (const list of lists) {
    table.put({ campaignid: campaign.id, listid: list, list_amt: '0', id: table.nextId() })
  }
}

const get: Endpoint = {
  operation: 'campaigns.get',
  method: 'GET',
  path: 'campaigns/:id',
  handle: (call) => {
    const row = rowOr404(campaigns, call, param(call, 'id'))
    return ok({ campaign: { ...fullRow(campaigns, row, call), isDoubleOptInCampaign: false } })
  },
}

const create: Endpoint = {
  operation: 'campaigns.create',
  method: 'POST',
  path: 'campaign',
  handle: (call) => {
    const errors = ['name', 'type'].flatMap((field) =>
      text(call.body[field]) === '' ? [`Field ${field} is required`] : [],
    )
    if (errors.length > 0) throw new Rejection(400, { errors })
    const [name, type] = [text(call.body.name), text(call.body.type)]
    const row = addCampaign(call, { name, type })
    return ok({ id: Number(row.id), name, type, canSplitContent: call.body.canSplitContent === true })
  },
}

const editable: Readonly<Record<string, string>> = {
  name: 'name',
  type: 'type',
  segmentId: 'segmentid',
  addressId: 'addressid',
  linkTrackingEnabled: 'tracklinks',
  readTrackingEnabled: 'trackreads',
  scheduledDate: 'scheduleddate',
  recurring: 'recurring',
  splitType: 'split_type',
}

/** The draft editor's endpoint: a flat body in camel case. */
const edit: Endpoint = {
  operation: 'campaigns.edit',
  method: 'PUT',
  path: 'campaigns/:id/edit',
  handle: (call) => {
    const row = rowOr404(campaigns, call, param(call, 'id'))
    const sent = pick(call.body, Object.keys(editable))
    const columns = Object.entries(sent).map(([key, value]): [string, Json] => [
      editable[key] ?? key,
      stored(value),
    ])
    const scheduled =
      'scheduledDate' in sent ? { status: '1', sdate: stored(sent.scheduledDate ?? null) } : {}
    const changed = call.store.tables.campaigns.put({
      ...row,
      ...Object.fromEntries(columns),
      ...scheduled,
      mdate: call.store.iso(),
      updated_timestamp: call.store.stamp(),
    })
    const lists = call.body.listIds
    if (isJsonArray(lists)) attachLists(call, changed, lists.map(text))
    return ok({ id: Number(row.id), ...sent, ...(isJsonArray(lists) ? { listIds: lists } : {}) })
  },
}

const update: Endpoint = {
  operation: 'campaigns.update',
  method: 'PUT',
  path: 'campaigns/:id',
  handle: (call) => {
    const row = rowOr404(campaigns, call, param(call, 'id'))
    const columns = sentColumns(campaigns, call, objectAt(call.body, 'campaign'))
    const changed = call.store.tables.campaigns.put({ ...row, ...columns, mdate: call.store.iso() })
    return ok({ campaign: fullRow(campaigns, changed, call) })
  },
}

/** Recorded: 200, and nothing changes. */
const patch: Endpoint = {
  operation: 'campaigns.update',
  method: 'PATCH',
  path: 'campaigns/:id',
  handle: (call) => ok({ campaign: fullRow(campaigns, rowOr404(campaigns, call, param(call, 'id')), call) }),
}

/** Failure of these two is a 200 too. */
const failed = (message: string): Reply => ok({ succeeded: 0, message })

const copy: Endpoint = {
  operation: 'campaigns.copy',
  method: 'POST',
  path: 'campaigns/:id/copy',
  handle: (call) => {
    const row = call.store.tables.campaigns.get(param(call, 'id'))
    if (row === undefined) return failed('Campaign not found.')
    const { id: _, ...columns } = row
    const draft = addCampaign(call, {
      ...columns,
      ...pick(campaignColumns(call.store), [
        'status',
        'sdate',
        'ldate',
        'cdate',
        'mdate',
        'send_amt',
        'opens',
        'uniqueopens',
        'linkclicks',
      ]),
      name: `Copy of ${text(row.name)}`,
    })
    if (text(row.message_id) !== '0') attachMessage(call, draft, text(row.message_id))
    return ok({ succeeded: 1, message: 'Campaign draft copied.', newCampaignId: Number(draft.id) })
  },
}

const remove: Endpoint = {
  operation: 'campaigns.delete',
  method: 'DELETE',
  path: 'campaigns/:id/delete',
  handle: (call) => {
    const row = call.store.tables.campaigns.get(param(call, 'id'))
    if (row === undefined) return failed('Campaign not found.')
    if (row.status === '2') return failed('A campaign that is being sent cannot be deleted.')
    call.store.tables.campaigns.remove(row.id)
    return ok({ succeeded: 1, message: 'Campaign deleted.' })
  },
}

export const campaignEndpoints: readonly Endpoint[] = [
  ...crud(campaigns, ['list']),
  get,
  create,
  edit,
  update,
  patch,
  copy,
  remove,
]
