import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type FieldValue, type FieldValueInput, fieldValueRow, wireValue } from './field-value.ts'

/** Which values to list. */
export interface FieldValueQuery extends CallOptions {
  /** Only values of this field. */
  readonly fieldId?: string | undefined
  /** Only this value. */
  readonly value?: string | undefined
}

/** Values of contacts' custom fields. @see https://developers.activecampaign.com/reference/create-fieldvalue */
export class FieldValues {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Values over all contacts: the cheapest way to read one field of many contacts.
   *
   * Endpoint: `GET /fieldValues`, one call per 100 values.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function positions(client: ActiveCampaignClient, fieldId: string) {
   *   const byContact = new Map<string, string>()
   *   for await (const value of client.fieldValues.list({ fieldId })) byContact.set(value.contact, value.value)
   *   return byContact
   * }
   * ```
   */
  list(query: FieldValueQuery = {}): PagedList<FieldValue> {
    return this.#list('fieldValues.list', 'fieldValues', query)
  }

  /**
   * The values of one contact. `contacts.get` brings them along.
   *
   * Endpoint: `GET /contacts/{id}/fieldValues`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function valuesOf(client: ActiveCampaignClient, contactId: string) {
   *   return await client.fieldValues.listForContact(contactId).toArray()
   * }
   * ```
   */
  listForContact(contactId: string, options?: CallOptions): PagedList<FieldValue> {
    return this.#list('fieldValues.listForContact', path`contacts/${contactId}/fieldValues`, options)
  }

  /**
   * One value.
   *
   * Endpoint: `GET /fieldValues/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function textOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.fieldValues.get(id)).value
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<FieldValue> {
    const call: ApiCall = {
      operation: 'fieldValues.get',
      method: 'GET',
      path: path`fieldValues/${id}`,
      options,
    }
    return this.#connection.one(call, 'fieldValue', fieldValueRow)
  }

  /**
   * Sets a contact's value of a field, whether or not it has one. To write several, `contacts.update` takes them
   * inline in one call.
   *
   * Endpoint: `POST /fieldValues`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `not-found`, `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function setColour(client: ActiveCampaignClient) {
   *   await client.fieldValues.upsert({ contact: '17', field: '3', value: 'blue' })
   * }
   * ```
   */
  upsert(value: FieldValueInput & { readonly contact: string }, options?: CallOptions): Promise<FieldValue> {
    const fieldValue = { contact: value.contact, ...wireValue(value) }
    const call: ApiCall = {
      operation: 'fieldValues.upsert',
      method: 'POST',
      path: 'fieldValues',
      json: { fieldValue },
      options,
    }
    return this.#connection.one(call, 'fieldValue', fieldValueRow)
  }

  /**
   * Changes a value that is known by its id.
   *
   * Endpoint: `PUT /fieldValues/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function change(client: ActiveCampaignClient, id: string) {
   *   await client.fieldValues.update(id, { contact: '17', field: '3', value: 'red' })
   * }
   * ```
   */
  update(
    id: string,
    value: FieldValueInput & { readonly contact: string },
    options?: CallOptions,
  ): Promise<FieldValue> {
    const json = { fieldValue: { contact: value.contact, ...wireValue(value) } }
    const call = {
      operation: 'fieldValues.update',
      method: 'PUT',
      path: path`fieldValues/${id}`,
      json,
    } as const
    return this.#connection.one({ ...call, options }, 'fieldValue', fieldValueRow)
  }

  /**
   * Removes a value.
   *
   * Endpoint: `DELETE /fieldValues/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, valueId: string) {
   *   await client.fieldValues.delete(valueId)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('fieldValues.delete', path`fieldValues/${id}`, options)
  }

  #list(operation: string, endpoint: string, query: FieldValueQuery = {}): PagedList<FieldValue> {
    const source = { operation, path: endpoint }
    return listRows(this.#connection, {
      ...source,
      query: { 'filters[fieldid]': query.fieldId, 'filters[val]': query.value },
      options: query,
      key: 'fieldValues',
      row: fieldValueRow,
    })
  }
}
