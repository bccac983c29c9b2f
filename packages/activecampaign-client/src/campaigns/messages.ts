import type { z } from 'zod'
import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { id, instant, reference, text } from '../wire.ts'

const messageRow = row({
  id,
  name: text,
  fromname: text,
  fromemail: text,
  /** Where replies go. */
  reply2: text,
  subject: text,
  preheader_text: text,
  text,
  html: text,
  userid: reference,
  cdate: instant,
  mdate: instant,
})

/** A message: what a campaign sends. @see https://developers.activecampaign.com/reference/create-a-new-message */
export type Message = Readonly<z.output<typeof messageRow>>

/** What to write of a message. */
export interface MessageInput {
  readonly fromname?: string | undefined
  readonly fromemail?: string | undefined
  readonly reply2?: string | undefined
  readonly subject?: string | undefined
  readonly preheader_text?: string | undefined
  readonly text?: string | undefined
  readonly html?: string | undefined
}

/** Messages. Those made with the designer cannot be changed here. */
export class Messages {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All messages.
   *
   * Endpoint: `GET /messages`, one call per 100 messages.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function subjects(client: ActiveCampaignClient) {
   *   return (await client.messages.list().toArray()).map((message) => message.subject)
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<Message> {
    const source = { operation: 'messages.list', path: 'messages' }
    return listRows(this.#connection, { ...source, key: 'messages', row: messageRow, options })
  }

  /**
   * One message.
   *
   * Endpoint: `GET /messages/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function htmlOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.messages.get(id)).html
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Message> {
    return this.#one({ operation: 'messages.get', method: 'GET', path: path`messages/${id}`, options })
  }

  /**
   * Makes a message.
   *
   * Endpoint: `POST /messages`, one call, never repeated when its outcome is unknown.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function write(client: ActiveCampaignClient) {
   *   const message = await client.messages.create({
   *     fromname: 'Novak & Sons',
   *     fromemail: 'news@example.com',
   *     subject: 'June news',
   *     html: '<p>Hello %FIRSTNAME%</p>',
   *   })
   *   return message.id
   * }
   * ```
   */
  create(message: MessageInput, options?: CallOptions): Promise<Message> {
    return this.#one({
      operation: 'messages.create',
      method: 'POST',
      path: 'messages',
      json: { message },
      options,
    })
  }

  /**
   * Changes the keys given.
   *
   * Endpoint: `PUT /messages/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function changeSubject(client: ActiveCampaignClient, id: string) {
   *   await client.messages.update(id, { subject: 'July news' })
   * }
   * ```
   */
  update(id: string, message: MessageInput, options?: CallOptions): Promise<Message> {
    const endpoint = path`messages/${id}`
    return this.#one({
      operation: 'messages.update',
      method: 'PUT',
      path: endpoint,
      json: { message },
      options,
    })
  }

  /**
   * Deletes a message.
   *
   * Endpoint: `DELETE /messages/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.messages.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('messages.delete', path`messages/${id}`, options)
  }

  #one(call: ApiCall): Promise<Message> {
    return this.#connection.one(call, 'message', messageRow)
  }
}
