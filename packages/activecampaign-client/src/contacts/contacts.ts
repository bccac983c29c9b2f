import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { ActiveCampaignError } from '../error.ts'
import { type FieldValueInput, wireValue } from '../fields/field-value.ts'
import { decodeRows } from '../paging/decode-rows.ts'
import { listById } from '../paging/list-by-id.ts'
import { listByOffset } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type Contact, contactRow, isGone } from './contact.ts'
import { type ContactQuery, queryParameters } from './contact-query.ts'
import { type ContactRecord, readRecord, readWritten, type WrittenContact } from './contact-record.ts'

/** What to write of a contact. Keys left out stay as they are; `''` clears. */
export interface ContactInput {
  readonly email?: string | undefined
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly phone?: string | undefined
  readonly fieldValues?: readonly FieldValueInput[] | undefined
}

/** Contacts. @see https://developers.activecampaign.com/reference/contact */
export class Contacts {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Contacts that meet the conditions, by ascending id (except for a segment), whether or not they are on a list.
   * Deleted contacts are missing without a trace.
   *
   * Endpoint: `GET /contacts`, one call per 100 contacts.
   *
   * @throws ActiveCampaignError `malformed-rows` after the last row when rows could not be read
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function changedToday(client: ActiveCampaignClient, midnight: Date) {
   *   for await (const contact of client.contacts.list({ updatedAfter: midnight, overlapMs: 60_000 })) {
   *     console.log(contact.id, contact.email, contact.udate)
   *   }
   * }
   * ```
   */
  list(query: ContactQuery = {}): PagedList<Contact> {
    const source = { operation: 'contacts.list', path: 'contacts' }
    const call = {
      ...source,
      query: queryParameters(query),
      options: query,
      decode: (answer: unknown) => decodeRows(source, 'contacts', contactRow, answer),
    }
    // The service cannot combine a segment with the order that paging by id needs.
    return query.segmentId === undefined
      ? listById(this.#connection, call, query.afterId)
      : listByOffset(this.#connection, call)
  }

  /**
   * A contact with its field values, list memberships, account links and automations.
   *
   * Endpoint: `GET /contacts/{id}`, one call. It also makes the service bring the contact's activity feed up to date.
   *
   * @throws ActiveCampaignError `not-found`, also for a contact that was deleted or merged into another
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function valuesOf(client: ActiveCampaignClient, id: string) {
   *   const { contact, fieldValues } = await client.contacts.get(id)
   *   return { email: contact.email, values: fieldValues.map((value) => [value.field, value.value]) }
   * }
   * ```
   */
  async get(id: string, options?: CallOptions): Promise<ContactRecord> {
    const operation = 'contacts.get'
    const call: ApiCall = { operation, method: 'GET', path: path`contacts/${id}`, options }
    const { body, status } = await this.#connection.send(call)
    const record = readRecord(call, body)
    if (isGone(record.contact)) throw goneError(operation, id, status)
    return record
  }

  /**
   * Makes a contact. It is on no list. The answer is thin: what was sent, id and times.
   *
   * Endpoint: `POST /contacts`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `duplicate` when the e-mail is taken
   * @throws UnknownOutcomeError when the connection broke; look the e-mail up before trying again
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addContact(client: ActiveCampaignClient) {
   *   const { contact } = await client.contacts.create({
   *     email: 'mila@example.com',
   *     firstName: 'Mila',
   *     fieldValues: [{ field: '3', value: ['red', 'blue'] }],
   *   })
   *   return contact.id
   * }
   * ```
   */
  create(contact: ContactInput, options?: CallOptions): Promise<WrittenContact> {
    // Accounts that allow contacts without e-mail want this said aloud.
    const extra = contact.email === undefined ? { allowNullEmail: true } : {}
    const json = { contact: { ...wireContact(contact), ...extra } }
    return this.#write({ operation: 'contacts.create', method: 'POST', path: 'contacts', json, options })
  }

  /**
   * Makes the contact of this e-mail, or updates it: only the keys given change. The e-mail is trimmed and
   * lower-cased, since it is the key. The contact's `udate` moves even when nothing changes.
   *
   * Endpoint: `POST /contact/sync`, one call, repeated when the connection breaks. After such a repeat `created` may
   * be false although this call made the contact.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function upsert(client: ActiveCampaignClient) {
   *   const { created, contact } = await client.contacts.sync({ email: 'mila@example.com', lastName: 'Novak' })
   *   return created ? `made ${contact.id}` : `updated ${contact.id}`
   * }
   * ```
   */
  sync(contact: ContactInput & { readonly email: string }, options?: CallOptions): Promise<WrittenContact> {
    const json = { contact: { ...wireContact(contact), email: contact.email.trim().toLowerCase() } }
    const operation = 'contacts.sync'
    return this.#write({ operation, method: 'POST', path: 'contact/sync', json, repeatable: true, options })
  }

  /**
   * Changes the keys given, the e-mail too.
   *
   * Endpoint: `PUT /contacts/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`, also where the service accepts the write for a contact that was deleted or
   * merged into another; `duplicate`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function rename(client: ActiveCampaignClient, id: string) {
   *   await client.contacts.update(id, { lastName: 'Novak', fieldValues: [{ field: '3', value: '' }] })
   * }
   * ```
   */
  async update(id: string, contact: ContactInput, options?: CallOptions): Promise<WrittenContact> {
    const operation = 'contacts.update'
    const json = { contact: wireContact(contact) }
    const call: ApiCall = { operation, method: 'PUT', path: path`contacts/${id}`, json, options }
    const { status, body } = await this.#connection.send(call)
    const written = readWritten(call, status, body)
    // Its answer shows the rewritten address, which must not be taken for one that somebody gave.
    if (isGone(written.contact)) throw goneError(operation, id, status)
    return written
  }

  /**
   * Deletes a contact with its memberships, tags and values. There is no way back and no event.
   *
   * Endpoint: `DELETE /contacts/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   const { existed } = await client.contacts.delete(id)
   *   return existed
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('contacts.delete', path`contacts/${id}`, options)
  }

  async #write(call: ApiCall): Promise<WrittenContact> {
    const { status, body } = await this.#connection.send(call)
    return readWritten(call, status, body)
  }
}

function wireContact({ email, firstName, lastName, phone, fieldValues }: ContactInput) {
  return {
    ...(email !== undefined && { email: email.trim() }),
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(phone !== undefined && { phone }),
    ...(fieldValues !== undefined && { fieldValues: fieldValues.map(wireValue) }),
  }
}

const goneError = (operation: string, id: string, status: number): ActiveCampaignError =>
  new ActiveCampaignError(`${operation}: contact ${id} was deleted or merged into another`, {
    operation,
    status,
    code: 'not-found',
  })
