import { own } from '../../shared/own.ts'
import { addCampaign, attachLists, attachMessage } from '../campaigns/campaigns.ts'
import type { Contact } from '../contacts/contact.ts'
import { contactByEmail } from '../contacts/write-contact.ts'
import type { JsonObject } from '../core/json.ts'
import { tagContact, untagContact } from '../tags/tags.ts'
import { campaignSend } from './campaign-send.ts'
import { report } from './reports.ts'
import { done, failed, type V1Call } from './v1-call.ts'

/** `p[5]=5` and `m[3]=100`: the number between the brackets and the value. */
const entries = (params: URLSearchParams, name: string): readonly (readonly [string, string])[] =>
  [...params].flatMap(([key, value]) => {
    const inside = new RegExp(`^${name}\\[(\\w+)\\]$`).exec(key)?.[1]
    return inside === undefined ? [] : [[inside, value] as const]
  })

function campaignCreate({ store, params, inner }: V1Call): JsonObject {
  const lists = entries(params, 'p')
  const known = lists.every(([key, value]) => key === value && store.tables.lists.get(key) !== undefined)
  if (lists.length === 0 || !known) return failed('Invalid list id in p parameter')
  const [message] = entries(params, 'm').map(([id]) => id)
  if (message === undefined || store.tables.messages.get(message) === undefined) {
    return failed('Invalid message id in m parameter')
  }
  const campaign = addCampaign(inner, {
    name: params.get('name') ?? '',
    type: params.get('type') ?? 'single',
    status: params.get('status') ?? '0',
    sdate: params.get('sdate'),
    public: params.get('public') ?? '1',
    tracklinks: params.get('tracklinks') ?? 'all',
    segmentid: params.get('segmentid') ?? '0',
  })
  attachMessage(inner, campaign, message)
  attachLists(
    inner,
    campaign,
    lists.map(([id]) => id),
  )
  return done('Campaign saved', { id: Number(campaign.id) })
}

function person({ store, params }: V1Call): Contact | string {
  const id = params.get('id')
  const contact = id === null ? contactByEmail(store, params.get('email') ?? '') : store.contacts.get(id)
  return contact ?? (id === null ? 'Contact does not exist' : 'Invalid contact ID')
}

const namedTags = (params: URLSearchParams): readonly string[] => {
  const single = params.get('tags')
  return [...(single === null ? [] : single.split(',')), ...entries(params, 'tags').map(([, value]) => value)]
}

function tagAdd(call: V1Call): JsonObject {
  const contact = person(call)
  if (typeof contact === 'string') return failed(contact)
  for (const name of namedTags(call.params)) tagContact(call.store, contact.id, name.trim())
  return done('Tag added')
}

function tagRemove(call: V1Call): JsonObject {
  const contact = person(call)
  if (typeof contact === 'string') return failed(contact)
  for (const name of namedTags(call.params)) untagContact(call.store, contact.id, name.trim())
  return done('Tag removed')
}

const actions: Readonly<Record<string, (call: V1Call) => JsonObject>> = {
  campaign_send: campaignSend,
  campaign_create: campaignCreate,
  contact_tag_add: tagAdd,
  contact_tag_remove: tagRemove,
}

/** Does what `api_action` names. Every answer says how it went in `result_code` and `result_message`. */
export function runAction(call: V1Call, action: string): JsonObject {
  const answer =
    own(actions, action)?.(call) ?? report(call, action) ?? failed(`Invalid API action: ${action}`)
  return { ...answer, result_output: 'json' }
}
