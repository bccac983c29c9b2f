import { z } from 'zod'
import { type ApiCall, type CallOptions, type Connection, type Deletion, decode } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { id } from '../wire.ts'
import {
  type Campaign,
  type CampaignDraft,
  type CampaignLink,
  type CampaignList,
  type CampaignMessage,
  campaignDraftRow,
  campaignLinkRow,
  campaignListRow,
  campaignMessageRow,
  campaignRow,
} from './campaign.ts'

/** What to change of a campaign. */
export interface CampaignEdit {
  readonly name?: string | undefined
  readonly type?: string | undefined
  readonly segmentId?: number | undefined
  readonly addressId?: number | undefined
  readonly listIds?: readonly number[] | undefined
  readonly replyTrackingEnabled?: boolean | undefined
  readonly linkTrackingEnabled?: boolean | undefined
  readonly readTrackingEnabled?: boolean | undefined
  readonly sendToExistingSubscribers?: boolean | undefined
  /** When to send. Whether setting it schedules the campaign is not documented. */
  readonly scheduledDate?: string | undefined
}

/** One mail to one address. */
export interface CampaignSend {
  readonly campaignId: string
  /** From `campaigns.get`: `message_id`. */
  readonly messageId: string
  /** Of a contact: the mail is personalised from it. */
  readonly email: string
  /** What to send. Default: `mime`, both. */
  readonly type?: 'mime' | 'html' | 'text' | undefined
  /** `test` sends a test, `copy` sends a past campaign again. Default: `send`. */
  readonly action?: 'send' | 'test' | 'copy' | undefined
}

const copied = z.object({ newCampaignId: id })
const v1Success = z.object({ result_code: z.union([z.literal(1), z.literal('1')]) })

/** Campaigns. @see https://developers.activecampaign.com/reference/list-all-campaigns */
export class Campaigns {
  readonly #connection: Connection
  readonly #v1: Connection

  constructor(connection: Connection, v1: Connection) {
    this.#connection = connection
    this.#v1 = v1
  }

  /**
   * All campaigns, or those of an automation.
   *
   * Endpoint: `GET /campaigns`, one call per 100 campaigns.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function openRates(client: ActiveCampaignClient) {
   *   const campaigns = await client.campaigns.list().toArray()
   *   return campaigns.map(({ name, uniqueopens, send_amt }) => [name, (uniqueopens ?? 0) / (send_amt || 1)])
   * }
   * ```
   */
  list(query: CallOptions & { readonly automationId?: string | undefined } = {}): PagedList<Campaign> {
    return listRows(this.#connection, {
      operation: 'campaigns.list',
      path: 'campaigns',
      query: { 'filters[seriesid]': query.automationId },
      options: query,
      key: 'campaigns',
      row: campaignRow,
    })
  }

  /**
   * One campaign.
   *
   * Endpoint: `GET /campaigns/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function messageOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.campaigns.get(id)).message_id
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Campaign> {
    const call: ApiCall = { operation: 'campaigns.get', method: 'GET', path: path`campaigns/${id}`, options }
    return this.#connection.one(call, 'campaign', campaignRow)
  }

  /**
   * The tracked links of a campaign.
   *
   * Endpoint: `GET /campaigns/{id}/links`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addresses(client: ActiveCampaignClient, id: string) {
   *   const links = await client.campaigns.links(id).toArray()
   *   return links.filter(({ link }) => link !== 'open').map(({ link }) => link)
   * }
   * ```
   */
  links(id: string, options?: CallOptions): PagedList<CampaignLink> {
    const source = { operation: 'campaigns.links', path: path`campaigns/${id}/links` }
    return listRows(this.#connection, { ...source, key: 'links', row: campaignLinkRow, options })
  }

  /**
   * The messages of a campaign; several in a split test.
   *
   * Endpoint: `GET /campaigns/{id}/campaignMessages`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function messageIds(client: ActiveCampaignClient, id: string) {
   *   const messages = await client.campaigns.messages(id).toArray()
   *   return messages.map((message) => message.messageid)
   * }
   * ```
   */
  messages(id: string, options?: CallOptions): PagedList<CampaignMessage> {
    const source = { operation: 'campaigns.messages', path: path`campaigns/${id}/campaignMessages` }
    return listRows(this.#connection, {
      ...source,
      key: 'campaignMessages',
      row: campaignMessageRow,
      options,
    })
  }

  /**
   * The lists that a campaign goes to.
   *
   * Endpoint: `GET /campaigns/{id}/campaignLists`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function listIds(client: ActiveCampaignClient, id: string) {
   *   return (await client.campaigns.lists(id).toArray()).map((list) => list.listid)
   * }
   * ```
   */
  lists(id: string, options?: CallOptions): PagedList<CampaignList> {
    const source = { operation: 'campaigns.lists', path: path`campaigns/${id}/campaignLists` }
    return listRows(this.#connection, { ...source, key: 'campaignLists', row: campaignListRow, options })
  }

  /**
   * Makes a campaign without message and list.
   *
   * Endpoint: `POST /campaign`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `bad-request`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function draft(client: ActiveCampaignClient) {
   *   const campaign = await client.campaigns.create({ name: 'June news', type: 'single' })
   *   await client.campaigns.edit(campaign.id, { listIds: [2] })
   *   return campaign.id
   * }
   * ```
   */
  create(
    campaign: { readonly name: string; readonly type: string; readonly canSplitContent?: boolean },
    options?: CallOptions,
  ): Promise<CampaignDraft> {
    const call = { operation: 'campaigns.create', method: 'POST', path: 'campaign', json: campaign } as const
    return this.#connection.read({ ...call, options }, campaignDraftRow)
  }

  /**
   * Changes the keys given.
   *
   * Endpoint: `PUT /campaigns/{id}/edit`, one call.
   *
   * @throws ActiveCampaignError `not-found`, `bad-request`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function rename(client: ActiveCampaignClient, id: string) {
   *   await client.campaigns.edit(id, { name: 'July news' })
   * }
   * ```
   */
  async edit(id: string, campaign: CampaignEdit, options?: CallOptions): Promise<void> {
    const call = { operation: 'campaigns.edit', method: 'PUT', path: path`campaigns/${id}/edit` } as const
    await this.#connection.send({ ...call, json: campaign, options })
  }

  /**
   * Copies a campaign into a new draft, under the same name.
   *
   * Endpoint: `POST /campaigns/{id}/copy`, one call, never repeated when its outcome is unknown.
   *
   * @returns id of the new campaign
   * @throws ActiveCampaignError `failed`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function again(client: ActiveCampaignClient, id: string) {
   *   return await client.campaigns.copy(id)
   * }
   * ```
   */
  async copy(id: string, options?: CallOptions): Promise<string> {
    const call = {
      operation: 'campaigns.copy',
      method: 'POST',
      path: path`campaigns/${id}/copy`,
      options,
    } as const
    return decode(call, copied, (await this.#connection.send(call)).body).newCampaignId
  }

  /**
   * Deletes a campaign.
   *
   * Endpoint: `DELETE /campaigns/{id}/delete`, one call.
   *
   * @throws ActiveCampaignError `failed`: the service says so with status 200
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.campaigns.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('campaigns.delete', path`campaigns/${id}/delete`, options)
  }

  /**
   * Sends a campaign to one contact, now. Each call sends once more: guard against double clicks. A contact who
   * unsubscribed or bounced gets nothing, and the service does not say so.
   *
   * Endpoint: v1 `POST /admin/api.php?api_action=campaign_send`, one call, never repeated when its outcome is unknown; v3
   * has none. Errors come with status 200 and are thrown all the same.
   *
   * @throws ActiveCampaignError `failed`, `not-found`
   * @throws UnknownOutcomeError when the connection broke: the mail may have gone out
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function send(client: ActiveCampaignClient, campaignId: string, email: string) {
   *   const { message_id } = await client.campaigns.get(campaignId)
   *   if (message_id === null) throw new Error('The campaign has no message yet')
   *   await client.campaigns.send({ campaignId, messageId: message_id, email })
   * }
   * ```
   */
  async send(mail: CampaignSend, options?: CallOptions): Promise<void> {
    const { campaignId, messageId, email, type = 'mime', action = 'send' } = mail
    const call: ApiCall = {
      operation: 'campaigns.send',
      method: 'POST',
      path: 'api.php',
      query: { api_action: 'campaign_send', api_output: 'json' },
      // In the body, so that no log of URLs anywhere on the way holds the address.
      form: { email, campaignid: campaignId, messageid: messageId, type, action },
      options,
    }
    decode(call, v1Success, (await this.#v1.send(call)).body)
  }
}
