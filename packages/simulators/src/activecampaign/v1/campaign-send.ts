import { record } from '../activity/record.ts'
import { campaignLinks } from '../campaigns/campaign-parts.ts'
import { composeMail, isSuppressed } from '../campaigns/mail.ts'
import type { Contact } from '../contacts/contact.ts'
import { contactByEmail } from '../contacts/write-contact.ts'
import { type JsonObject, type Row, text } from '../core/json.ts'
import type { V1Call } from './v1-call.ts'
import { failed } from './v1-call.ts'

/** Sends one existing campaign to one contact. Repeats send again; suppression says nothing. */
export function campaignSend(call: V1Call): JsonObject {
  const { store, params } = call
  const campaign = store.tables.campaigns.get(params.get('campaignid') ?? '')
  if (campaign === undefined) return failed('Campaign not found.')
  const wanted = params.get('messageid') ?? ''
  const zero = wanted === '0' && store.behaviour.messageIdZero === 'accepted'
  const message = store.tables.messages.get(zero ? text(campaign.message_id) : wanted)
  if (message === undefined || message.id !== campaign.message_id) return failed('Message not found.')
  const contact = contactByEmail(store, params.get('email') ?? '')
  if (contact === undefined) return failed('Contact does not exist.')
  const action = params.get('action') ?? 'send'
  if (!['send', 'test', 'copy'].includes(action)) return failed('Invalid action.')
  if (!isSuppressed(store, contact)) deliver(call, contact, campaign, message, action)
  return { result: true, result_code: 1, result_message: 'Message sent' }
}

function deliver(call: V1Call, contact: Contact, campaign: Row, message: Row, action: string): void {
  const { store } = call
  const { campaigns, contactLogs } = store.tables
  campaignLinks(call.inner, campaign)
  store.mails.push(composeMail(store, contact, campaign, message, action))
  if (action === 'test') return
  const log = contactLogs.put({
    contact: contact.id,
    campaign: campaign.id,
    message: message.id,
    tstamp: store.iso(),
    successful: '1',
    id: contactLogs.nextId(),
  })
  campaigns.put({ ...campaign, send_amt: String(Number(campaign.send_amt) + 1), ldate: store.iso() })
  store.contacts.put({
    ...contact,
    columns: { ...contact.columns, sentcnt: String(Number(contact.columns.sentcnt) + 1) },
  })
  record(store, contact.id, { type: 'Log', referenceId: log.id })
  store.emit({
    type: 'sent',
    contact: contact.id,
    blocks: { campaign: { id: campaign.id, name: text(campaign.name) } },
  })
}
