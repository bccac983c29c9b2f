import { parseWebhook } from '@dynacamp/activecampaign-client'
import type { RecordName } from '../state/kinds.ts'
import { handleWebhook } from './handle-webhook.ts'
import type { WebhookHandler, WebhookOptions } from './webhook-handler.ts'

const isId = (id: string | undefined): id is string => id !== undefined && /^[1-9]\d{0,18}$/.test(id)

/** Only which record it is about: the rest of the body is a snapshot that may be old, and that anybody could have written. */
const recordOf = (body: string): RecordName | undefined => {
  const { contact, account } = parseWebhook(body)
  if (isId(contact?.id)) return { side: 'activeCampaign', entity: 'contacts', id: contact.id }
  if (isId(account?.id)) return { side: 'activeCampaign', entity: 'accounts', id: account.id }
  return undefined
}

/**
 * A handler for the webhooks of ActiveCampaign: whatever the event, the contact (or account) it is about is synced at once.
 * Lost, doubled and late calls change nothing, as runs find every change by themselves. Deletions are told by no event.
 *
 * @throws TypeError when the secret is too short
 *
 * @example
 * ```ts
 * import { activeCampaignWebhook, type Sync } from '@dynacamp/engine'
 *
 * export const handlerFor = (sync: Sync) =>
 *   activeCampaignWebhook({ sync, secret: process.env.WEBHOOK_SECRET ?? '' })
 * ```
 */
export const activeCampaignWebhook = (options: WebhookOptions): WebhookHandler =>
  handleWebhook(options, recordOf)
