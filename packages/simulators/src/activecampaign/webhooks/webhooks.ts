import type { Endpoint } from '../core/call.ts'
import { crud } from '../core/crud.ts'
import { isJsonArray, text } from '../core/json.ts'
import { invalid, missing, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'

/** Every event a webhook can hear of. There is none for a deletion. */
const webhookEvents = [
  'subscribe',
  'unsubscribe',
  'update',
  'contact_tag_added',
  'contact_tag_removed',
  'subscriber_note',
  'contact_task_add',
  'account_add',
  'account_update',
  'account_contact_add',
  'account_contact_update',
  'list_add',
  'sent',
  'open',
  'click',
  'reply',
  'forward',
  'share',
  'bounce',
  'deal_add',
  'deal_update',
  'deal_note_add',
  'deal_pipeline_add',
  'deal_stage_add',
  'deal_task_add',
  'deal_task_complete',
  'deal_tasktype_add',
  'sms_sent',
  'sms_reply',
  'sms_unsub',
]

const sources = ['public', 'admin', 'api', 'system']

export const webhooks: Resource = {
  path: 'webhooks',
  one: 'webhook',
  model: 'Webhook',
  links: [],
  defaults: (store) => ({
    cdate: store.iso(),
    listid: '0',
    name: '',
    url: '',
    events: [],
    sources: [],
    // 0 once a receiver has answered 410; the API shows no such column.
    active: '1',
  }),
  accept: (_, sent, current) => {
    for (const attribute of ['name', 'url', 'events', 'sources'] as const) {
      const value = sent[attribute] ?? current?.[attribute]
      if (isJsonArray(value) ? value.length === 0 : text(value) === '') throw missing('webhook', attribute)
    }
    for (const [attribute, known] of [
      ['events', webhookEvents],
      ['sources', sources],
    ] as const) {
      const value = sent[attribute]
      const unknown = isJsonArray(value) ? value.find((name) => !known.includes(text(name))) : undefined
      if (unknown !== undefined)
        throw invalid(`Unknown webhook ${attribute}: ${text(unknown)}`, 'field_invalid', attribute)
    }
    return {
      ...('name' in sent ? { name: text(sent.name) } : {}),
      ...('url' in sent ? { url: text(sent.url) } : {}),
      ...('listid' in sent ? { listid: text(sent.listid) } : {}),
      ...(isJsonArray(sent.events) ? { events: sent.events } : {}),
      ...(isJsonArray(sent.sources) ? { sources: sent.sources } : {}),
    }
  },
  created: (row) => ({ cdate: text(row.cdate), listid: text(row.listid) }),
  hidden: ['active'],
  list: { contains: ['name', 'url'] },
}

const events: Endpoint = {
  operation: 'webhooks.events',
  method: 'GET',
  path: 'webhook/events',
  handle: () => ok({ webhookEvents }),
}

export const webhookEndpoints: readonly Endpoint[] = [events, ...crud(webhooks)]
