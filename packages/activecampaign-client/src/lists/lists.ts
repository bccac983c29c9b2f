import type { z } from 'zod'
import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { id, instant, number, optionalText, reference, text } from '../wire.ts'

const listRow = row({
  id,
  name: text,
  /** Name in URLs. */
  stringid: text,
  description: text,
  /** `email` or `sms`. */
  channel: optionalText,
  /** Id of the user who owns it. */
  userid: reference,
  sender_url: text,
  sender_reminder: text,
  sender_name: text,
  cdate: instant,
  udate: instant,
  active_subscribers: number,
  non_deleted_subscribers: number,
})

/** A list that contacts subscribe to. @see https://developers.activecampaign.com/reference/create-new-list */
export type List = Readonly<z.output<typeof listRow>>

/** What to write of a list. */
export interface ListInput {
  readonly name: string
  /** Name in URLs. */
  readonly stringid: string
  /** Web site of the sender. */
  readonly sender_url: string
  /** Why a contact gets mail. */
  readonly sender_reminder: string
  readonly channel?: 'email' | 'sms' | undefined
  /** Id of the user who owns it. */
  readonly user?: string | undefined
}

/** Lists. @see https://developers.activecampaign.com/reference/create-new-list */
export class Lists {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All lists that the key's user may see, or those of this name.
   *
   * Endpoint: `GET /lists`, one call per 100 lists.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function sizes(client: ActiveCampaignClient) {
   *   const lists = await client.lists.list().toArray()
   *   return lists.map((list) => `${list.name}: ${list.active_subscribers}`)
   * }
   * ```
   */
  list(query: CallOptions & { readonly name?: string | undefined } = {}): PagedList<List> {
    return listRows(this.#connection, {
      operation: 'lists.list',
      path: 'lists',
      query: { 'filters[name]': query.name },
      options: query,
      key: 'lists',
      row: listRow,
    })
  }

  /**
   * One list.
   *
   * Endpoint: `GET /lists/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function nameOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.lists.get(id)).name
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<List> {
    return this.#one({ operation: 'lists.get', method: 'GET', path: path`lists/${id}`, options })
  }

  /**
   * Makes a list. Groups other than that of administrators see it once {@link Lists.showTo} says so.
   *
   * Endpoint: `POST /lists`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `forbidden`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addList(client: ActiveCampaignClient) {
   *   return await client.lists.create({
   *     name: 'News',
   *     stringid: 'news',
   *     sender_url: 'https://example.com',
   *     sender_reminder: 'You asked for our news.',
   *   })
   * }
   * ```
   */
  create(list: ListInput, options?: CallOptions): Promise<List> {
    return this.#one({ operation: 'lists.create', method: 'POST', path: 'lists', json: { list }, options })
  }

  /**
   * Changes the keys given.
   *
   * Endpoint: `PATCH /lists/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function rename(client: ActiveCampaignClient, id: string) {
   *   await client.lists.update(id, { name: 'Monthly news' })
   * }
   * ```
   */
  update(id: string, list: Partial<ListInput>, options?: CallOptions): Promise<List> {
    const call = {
      operation: 'lists.update',
      method: 'PATCH',
      path: path`lists/${id}`,
      json: { list },
    } as const
    return this.#one({ ...call, repeatable: true, options })
  }

  /**
   * Lets a group of users see a list.
   *
   * Endpoint: `POST /listGroups`, one call.
   *
   * @throws ActiveCampaignError `forbidden`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function show(client: ActiveCampaignClient) {
   *   await client.lists.showTo({ list: '19', group: '3' })
   * }
   * ```
   */
  async showTo(
    { list, group }: { readonly list: string; readonly group: string },
    options?: CallOptions,
  ): Promise<void> {
    const json = { listGroup: { listid: list, groupid: group } }
    await this.#connection.send({
      operation: 'lists.showTo',
      method: 'POST',
      path: 'listGroups',
      json,
      options,
    })
  }

  /**
   * Deletes a list with its memberships.
   *
   * Endpoint: `DELETE /lists/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.lists.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('lists.delete', path`lists/${id}`, options)
  }

  #one(call: ApiCall): Promise<List> {
    return this.#connection.one(call, 'list', listRow)
  }
}
