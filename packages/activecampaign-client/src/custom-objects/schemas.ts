import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type CustomObjectSchema, type SchemaInput, schemaRow } from './schema.ts'

/** How to read schemas. */
export interface SchemaOptions extends CallOptions {
  /** Show fields marked for deletion too. Default: false. */
  readonly deletedFields?: boolean | undefined
}

const endpoint = 'customObjects/schemas'

const shownFields = (options: SchemaOptions | undefined) => ({
  showFields: options?.deletedFields === true ? 'all' : undefined,
})

/** Schemas of custom objects. @see https://developers.activecampaign.com/reference/custom-object-schemas */
export class Schemas {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All schemas.
   *
   * Endpoint: `GET /customObjects/schemas`, one call per 100 schemas.
   *
   * @throws ActiveCampaignError `forbidden` or `not-found` where the plan has no custom objects
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function schemaOf(client: ActiveCampaignClient, slug: string) {
   *   const schemas = await client.customObjects.schemas.list().toArray()
   *   return schemas.find((schema) => schema.slug === slug)
   * }
   * ```
   */
  list(options?: SchemaOptions): PagedList<CustomObjectSchema> {
    return listRows(this.#connection, {
      operation: 'schemas.list',
      path: endpoint,
      query: shownFields(options),
      options,
      key: 'schemas',
      row: schemaRow,
    })
  }

  /**
   * One schema.
   *
   * Endpoint: `GET /customObjects/schemas/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function fieldIds(client: ActiveCampaignClient, id: string) {
   *   return (await client.customObjects.schemas.get(id)).fields.map((field) => field.id)
   * }
   * ```
   */
  get(id: string, options?: SchemaOptions): Promise<CustomObjectSchema> {
    const call = { operation: 'schemas.get', method: 'GET', path: path`customObjects/schemas/${id}` } as const
    return this.#one({ ...call, query: shownFields(options), options })
  }

  /**
   * Makes a private schema. Needs the Enterprise plan.
   *
   * Endpoint: `POST /customObjects/schemas`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `invalid` with a pointer, for example when the slug is taken; `forbidden`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addSchema(client: ActiveCampaignClient) {
   *   return await client.customObjects.schemas.create({
   *     slug: 'opportunity',
   *     labels: { singular: 'Opportunity', plural: 'Opportunities' },
   *     fields: [{ id: 'name', labels: { singular: 'Name', plural: 'Names' }, type: 'text', required: true }],
   *     relationships: [
   *       {
   *         id: 'primary-contact',
   *         labels: { singular: 'Contact', plural: 'Contacts' },
   *         namespace: 'contacts',
   *         hasMany: false,
   *       },
   *     ],
   *   })
   * }
   * ```
   */
  create(schema: SchemaInput, options?: CallOptions): Promise<CustomObjectSchema> {
    return this.#one({
      operation: 'schemas.create',
      method: 'POST',
      path: endpoint,
      json: { schema },
      options,
    })
  }

  /**
   * Replaces a schema; this is how fields are added. Send the whole of it.
   *
   * Endpoint: `PUT /customObjects/schemas/{id}`, one call.
   *
   * @param options `validateOnly`: check it and change nothing
   * @throws ActiveCampaignError `not-found`, `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient, SchemaInput } from '@dynacamp/activecampaign-client'
   *
   * async function replace(client: ActiveCampaignClient, id: string, schema: SchemaInput) {
   *   await client.customObjects.schemas.update(id, schema, { validateOnly: true })
   *   return await client.customObjects.schemas.update(id, schema)
   * }
   * ```
   */
  update(
    id: string,
    schema: SchemaInput,
    options?: CallOptions & { readonly validateOnly?: boolean | undefined },
  ): Promise<CustomObjectSchema> {
    const call = {
      operation: 'schemas.update',
      method: 'PUT',
      path: path`customObjects/schemas/${id}`,
    } as const
    const headers = options?.validateOnly === true ? { headers: { validateOnly: 'true' } } : {}
    return this.#one({ ...call, ...headers, json: { schema }, options })
  }

  /**
   * Deletes a schema with its records.
   *
   * Endpoint: `DELETE /customObjects/schemas/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.customObjects.schemas.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('schemas.delete', path`customObjects/schemas/${id}`, options)
  }

  /**
   * Deletes a field of a private schema, for ever; only administrators may. The service does it in the background, and
   * keeps the field's id for some time.
   *
   * Endpoint: `DELETE /customObjects/schemas/{id}/fields/{fieldId}`, one call.
   *
   * @throws ActiveCampaignError `forbidden`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function dropField(client: ActiveCampaignClient, id: string) {
   *   await client.customObjects.schemas.deleteField(id, 'old-name')
   * }
   * ```
   */
  deleteField(id: string, fieldId: string, options?: CallOptions): Promise<Deletion> {
    const endpoint = path`customObjects/schemas/${id}/fields/${fieldId}`
    return this.#connection.delete('schemas.deleteField', endpoint, options)
  }

  /**
   * Makes a public schema for an app of one's own; the service puts the app's id before its slug.
   *
   * Endpoint: `POST /customObjects/schemas/public`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `invalid`, `forbidden`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient, SchemaInput } from '@dynacamp/activecampaign-client'
   *
   * async function publish(client: ActiveCampaignClient, schema: SchemaInput) {
   *   return await client.customObjects.schemas.createPublic({ ...schema, appId: 'my-app' })
   * }
   * ```
   */
  createPublic(
    schema: SchemaInput & { readonly appId: string },
    options?: CallOptions,
  ): Promise<CustomObjectSchema> {
    const call = { operation: 'schemas.createPublic', method: 'POST', path: `${endpoint}/public` } as const
    return this.#one({ ...call, json: { schema }, options })
  }

  /**
   * Copies a public schema into this account, to be filled and extended.
   *
   * Endpoint: `POST /customObjects/schemas/{publicId}/child`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function install(client: ActiveCampaignClient, publicId: string) {
   *   return await client.customObjects.schemas.createChild(publicId)
   * }
   * ```
   */
  createChild(publicId: string, options?: CallOptions): Promise<CustomObjectSchema> {
    const call = { operation: 'schemas.createChild', method: 'POST' } as const
    return this.#one({ ...call, path: path`customObjects/schemas/${publicId}/child`, options })
  }

  #one(call: ApiCall): Promise<CustomObjectSchema> {
    return this.#connection.one(call, 'schema', schemaRow)
  }
}
