import { z } from 'zod'
import { type ApiCall, type CallOptions, type Connection, type Deletion, decode } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { id, instant, reference, text } from '../wire.ts'

/** Who can cause an event: the contact, a user, an API call, an automation. */
export type WebhookSource = 'public' | 'admin' | 'api' | 'system'

const webhookRow = row({
  id,
  name: text,
  url: text,
  events: z.array(text),
  sources: z.array(text),
  /** Null: not bound to a list. */
  listid: reference,
  cdate: instant,
})

/** A webhook that is registered. */
export type Webhook = Readonly<z.output<typeof webhookRow>>

/** What to write of a webhook. */
export interface WebhookInput {
  readonly name: string
  /** https on port 443. Calls carry no signature, so let it be a URL that nobody can guess. */
  readonly url: string
  readonly events: readonly string[]
  /** Leave `api` out, or hear of your own writes. */
  readonly sources: readonly WebhookSource[]
  /** Narrows events that are bound to a list. */
  readonly listid?: string | undefined
}

const names = z.object({ webhookEvents: z.array(z.string()) })

/** Webhooks. @see https://developers.activecampaign.com/reference/create-webhook */
export class Webhooks {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All webhooks, or those that meet the conditions.
   *
   * Endpoint: `GET /webhooks`, one call per 100 webhooks.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function isRegistered(client: ActiveCampaignClient, url: string) {
   *   return (await client.webhooks.list({ url }).toArray()).length > 0
   * }
   * ```
   */
  list(
    query: CallOptions & {
      readonly name?: string | undefined
      readonly url?: string | undefined
      readonly listId?: string | undefined
    } = {},
  ): PagedList<Webhook> {
    return listRows(this.#connection, {
      operation: 'webhooks.list',
      path: 'webhooks',
      query: { 'filters[name]': query.name, 'filters[url]': query.url, 'filters[listid]': query.listId },
      options: query,
      key: 'webhooks',
      row: webhookRow,
    })
  }

  /**
   * One webhook.
   *
   * Endpoint: `GET /webhooks/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function eventsOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.webhooks.get(id)).events
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Webhook> {
    return this.#one({ operation: 'webhooks.get', method: 'GET', path: path`webhooks/${id}`, options })
  }

  /**
   * Registers a webhook. The service calls at least once and never again; a receiver that answers 410 switches it off for
   * ever. Imports call nobody, and no event tells of a deletion.
   *
   * Endpoint: `POST /webhooks`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function register(client: ActiveCampaignClient) {
   *   return await client.webhooks.create({
   *     name: 'CRM',
   *     url: 'https://crm.example.com/hooks/3f9a1c70',
   *     events: ['update', 'contact_tag_added', 'unsubscribe'],
   *     sources: ['public', 'admin', 'system'],
   *   })
   * }
   * ```
   */
  create(webhook: WebhookInput, options?: CallOptions): Promise<Webhook> {
    return this.#one({
      operation: 'webhooks.create',
      method: 'POST',
      path: 'webhooks',
      json: { webhook },
      options,
    })
  }

  /**
   * Changes the keys given.
   *
   * Endpoint: `PUT /webhooks/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function listenToOpens(client: ActiveCampaignClient, id: string) {
   *   await client.webhooks.update(id, { events: ['update', 'open'] })
   * }
   * ```
   */
  update(id: string, webhook: Partial<WebhookInput>, options?: CallOptions): Promise<Webhook> {
    const endpoint = path`webhooks/${id}`
    return this.#one({
      operation: 'webhooks.update',
      method: 'PUT',
      path: endpoint,
      json: { webhook },
      options,
    })
  }

  /**
   * Removes a webhook.
   *
   * Endpoint: `DELETE /webhooks/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function unregister(client: ActiveCampaignClient, id: string) {
   *   await client.webhooks.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('webhooks.delete', path`webhooks/${id}`, options)
  }

  /**
   * The names of all events of this account.
   *
   * Endpoint: `GET /webhook/events`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function knowsAccounts(client: ActiveCampaignClient) {
   *   return (await client.webhooks.events()).includes('account_update')
   * }
   * ```
   */
  async events(options?: CallOptions): Promise<readonly string[]> {
    const call = { operation: 'webhooks.events', method: 'GET', path: 'webhook/events', options } as const
    return decode(call, names, (await this.#connection.send(call)).body).webhookEvents
  }

  #one(call: ApiCall): Promise<Webhook> {
    return this.#connection.one(call, 'webhook', webhookRow)
  }
}
