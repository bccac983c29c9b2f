import { z } from 'zod'
import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { id, ids, optionalText } from '../wire.ts'

const recordRow = row({
  id,
  externalId: optionalText,
  schemaId: optionalText,
  /** Values by the ids of their fields, as they arrived: numbers are numbers here. */
  fields: z
    .array(z.object({ id, value: z.unknown().optional() }))
    .transform(
      (fields): Readonly<Record<string, unknown>> =>
        Object.fromEntries(fields.map(({ id, value }) => [id, value])),
    ),
  /** Ids of related rows, by the ids of the relationships. */
  relationships: z.record(z.string(), ids).nullish(),
  /** UTC with nine decimals, as it arrived. */
  createdTimestamp: optionalText,
  updatedTimestamp: optionalText,
})

/** A record of a custom object. @see https://developers.activecampaign.com/reference/custom-object-records */
export type CustomObjectRecord = Readonly<z.output<typeof recordRow>>

/** A record to write. */
export interface RecordInput {
  /** Id of a record of the service: updates it. */
  readonly id?: string | undefined
  /** An id of one's own, unique in the schema: makes the record, or updates it. */
  readonly externalId?: string | undefined
  /** Values by the ids of their fields. Send all: what becomes of those left out is not documented. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Ids of related rows, by the ids of the relationships. */
  readonly relationships?: Readonly<Record<string, readonly string[]>> | undefined
}

/** How to save a record. */
export interface SaveOptions extends CallOptions {
  /**
   * Fail with `unknown-outcome` where nobody knows whether the record was saved, rather than save it again: each save of a record
   * that is there starts the automations of an update. Default: false, a save under an external id is repeated.
   */
  readonly once?: boolean | undefined
}

/** Which records to list. */
export interface RecordQuery extends CallOptions {
  /** Only records related to this contact, through `primary-contact`. */
  readonly contactId?: string | undefined
}

/** Records of custom objects. @see https://developers.activecampaign.com/reference/create-or-update-record */
export class Records {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * The records of a schema, or those of one contact.
   *
   * Endpoint: `GET /customObjects/records/{schemaId}`, one call per 100 records.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function recordsOf(client: ActiveCampaignClient, schemaId: string, contactId: string) {
   *   return await client.customObjects.records.list(schemaId, { contactId }).toArray()
   * }
   * ```
   */
  list(schemaId: string, query: RecordQuery = {}): PagedList<CustomObjectRecord> {
    return listRows(this.#connection, {
      operation: 'records.list',
      path: path`customObjects/records/${schemaId}`,
      query: { 'filters[relationships.primary-contact][eq]': query.contactId },
      options: query,
      key: 'records',
      row: recordRow,
    })
  }

  /**
   * One record.
   *
   * Endpoint: `GET /customObjects/records/{schemaId}/{recordId}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function nameOf(client: ActiveCampaignClient, schemaId: string, id: string) {
   *   return (await client.customObjects.records.get(schemaId, id)).fields.name
   * }
   * ```
   */
  get(schemaId: string, recordId: string, options?: CallOptions): Promise<CustomObjectRecord> {
    const endpoint = path`customObjects/records/${schemaId}/${recordId}`
    return this.#one({ operation: 'records.get', method: 'GET', path: endpoint, options })
  }

  /**
   * The record of an external id.
   *
   * Endpoint: `GET /customObjects/records/{schemaId}/external/{externalId}`, one call.
   *
   * @throws ActiveCampaignError `not-found`, `bad-request`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function idOf(client: ActiveCampaignClient, schemaId: string, crmId: string) {
   *   return (await client.customObjects.records.getByExternalId(schemaId, crmId)).id
   * }
   * ```
   */
  getByExternalId(schemaId: string, externalId: string, options?: CallOptions): Promise<CustomObjectRecord> {
    const endpoint = path`customObjects/records/${schemaId}/external/${externalId}`
    return this.#one({ operation: 'records.getByExternalId', method: 'GET', path: endpoint, options })
  }

  /**
   * Makes a record or updates it. With `externalId` alone: the record that has it, or a new one; safe to repeat. With
   * `id` alone: that record; an id that matches none is ignored and a new record is made. With both: only a record that
   * has both is updated, else a new one is made. With neither: always a new record, never repeated when its outcome is
   * unknown. Both triggers of automations, created and updated, fire from here.
   *
   * Endpoint: `POST /customObjects/records/{schemaId}`, one call.
   *
   * @throws ActiveCampaignError `invalid` for a value that the schema does not have, `bad-request`, `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function save(client: ActiveCampaignClient, schemaId: string, crmId: string) {
   *   return await client.customObjects.records.save(schemaId, {
   *     externalId: crmId,
   *     fields: { name: '300 bearings', amount: 1299 },
   *     relationships: { 'primary-contact': ['17'] },
   *   })
   * }
   * ```
   */
  save(schemaId: string, record: RecordInput, options?: SaveOptions): Promise<CustomObjectRecord> {
    return this.#one({
      operation: 'records.save',
      method: 'POST',
      path: path`customObjects/records/${schemaId}`,
      json: { record: wireRecord(record) },
      repeatable: record.externalId !== undefined && record.id === undefined && options?.once !== true,
      options,
    })
  }

  /**
   * Deletes a record. The service does it in the background: a read right after may still find it.
   *
   * Endpoint: `DELETE /customObjects/records/{schemaId}/{recordId}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, schemaId: string, id: string) {
   *   await client.customObjects.records.delete(schemaId, id)
   * }
   * ```
   */
  delete(schemaId: string, recordId: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete(
      'records.delete',
      path`customObjects/records/${schemaId}/${recordId}`,
      options,
    )
  }

  /**
   * Deletes the record of an external id, in the background too.
   *
   * Endpoint: `DELETE /customObjects/records/{schemaId}/external/{externalId}`, one call.
   *
   * @throws ActiveCampaignError `bad-request`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, schemaId: string, crmId: string) {
   *   await client.customObjects.records.deleteByExternalId(schemaId, crmId)
   * }
   * ```
   */
  deleteByExternalId(schemaId: string, externalId: string, options?: CallOptions): Promise<Deletion> {
    const endpoint = path`customObjects/records/${schemaId}/external/${externalId}`
    return this.#connection.delete('records.deleteByExternalId', endpoint, options)
  }

  #one(call: ApiCall): Promise<CustomObjectRecord> {
    return this.#connection.one(call, 'record', recordRow)
  }
}

const whole = /^\d+$/

// The service takes ids of contacts as numbers and gives them back as strings.
const wireRecord = ({ fields, relationships, ...ids }: RecordInput) => ({
  ...ids,
  fields: Object.entries(fields).map(([id, value]) => ({ id, value })),
  ...(relationships !== undefined && {
    relationships: Object.fromEntries(
      Object.entries(relationships).map(([id, related]) => [
        id,
        related.map((each) => (whole.test(each) ? Number(each) : each)),
      ]),
    ),
  }),
})
