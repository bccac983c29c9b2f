import type { ActiveCampaignClient, WebhookSource } from '@dynacamp/activecampaign-client'

/** Settings of {@link registerActiveCampaignWebhook}. */
export interface WebhookRegistration {
  /** Where the handler is reached, with the secret: `https://host.example.com/hooks/activecampaign?code=…`, on port 443. */
  readonly url: string
  /** Names the webhook in the account; one per host. Default: `Dynacamp`. */
  readonly name?: string
  readonly signal?: AbortSignal
}

/** Every event that is about a record that can be in sync; no event tells of a deletion. */
const events = [
  'subscribe',
  'unsubscribe',
  'update',
  'contact_tag_added',
  'contact_tag_removed',
  'account_add',
  'account_update',
  'account_contact_add',
  'account_contact_update',
]

/** Without `api`: the sync's own writes come through the API. So do those of other programs, which runs find. */
const sources: readonly WebhookSource[] = ['public', 'admin', 'system']

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one))

/**
 * Registers the webhook in ActiveCampaign, or brings the one of this name up to date; safe to call at every start. It is
 * found by its name, so that the secret in its URL goes into no query.
 *
 * @returns the id, and what was done
 * @throws ActiveCampaignError when the key may not manage webhooks
 *
 * @example
 * ```ts
 * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
 * import { registerActiveCampaignWebhook } from '@dynacamp/engine'
 *
 * export const register = (client: ActiveCampaignClient, secret: string) =>
 *   registerActiveCampaignWebhook(client, { url: `https://host.example.com/hooks/activecampaign?code=${secret}` })
 * ```
 */
export const registerActiveCampaignWebhook = async (
  client: ActiveCampaignClient,
  { url, name = 'Dynacamp', signal }: WebhookRegistration,
): Promise<{ readonly id: string; readonly done: 'created' | 'updated' | 'nothing' }> => {
  const options = signal ? { signal } : {}
  const wanted = { name, url, events, sources }
  for await (const hook of client.webhooks.list({ name, ...options })) {
    // The service's filter finds parts of names too.
    if (hook.name !== name) continue
    const { id } = hook
    if (hook.url === url && sameSet(hook.events, events) && sameSet(hook.sources, sources))
      return { id, done: 'nothing' }
    await client.webhooks.update(id, wanted, options)
    return { id, done: 'updated' }
  }
  const { id } = await client.webhooks.create(wanted, options)
  return { id, done: 'created' }
}
