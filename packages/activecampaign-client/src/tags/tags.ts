import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type Tag, tagRow } from './tag.ts'

/** What to write of a tag. */
export interface TagInput {
  readonly tag: string
  readonly description?: string | undefined
}

/** Tags. @see https://developers.activecampaign.com/reference/retrieve-all-tags */
export class Tags {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All tags.
   *
   * Endpoint: `GET /tags`, one call per 100 tags.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function tagsByName(client: ActiveCampaignClient) {
   *   const tags = await client.tags.list().toArray()
   *   return new Map(tags.map((tag) => [tag.tag, tag.id]))
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<Tag> {
    return this.#list('tags.list', undefined, options)
  }

  /**
   * Tags whose name contains a text.
   *
   * Endpoint: `GET /tags?search=`, one call per 100 tags.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function tagNamed(client: ActiveCampaignClient, name: string) {
   *   for await (const tag of client.tags.search(name)) if (tag.tag === name) return tag
   *   return undefined
   * }
   * ```
   */
  search(text: string, options?: CallOptions): PagedList<Tag> {
    return this.#list('tags.search', text, options)
  }

  /**
   * One tag.
   *
   * Endpoint: `GET /tags/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function nameOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.tags.get(id)).tag
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Tag> {
    const call: ApiCall = { operation: 'tags.get', method: 'GET', path: path`tags/${id}`, options }
    return this.#connection.one(call, 'tag', tagRow)
  }

  /**
   * Makes a tag for contacts. What happens to a name that is taken is not documented: search first.
   *
   * Endpoint: `POST /tags`, one call, never repeated when its outcome is unknown.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addTag(client: ActiveCampaignClient) {
   *   const tag = await client.tags.create({ tag: 'Customer', description: 'Has bought' })
   *   return tag.id
   * }
   * ```
   */
  create(tag: TagInput, options?: CallOptions): Promise<Tag> {
    const json = { tag: { ...tag, description: tag.description ?? '', tagType: 'contact' } }
    const call: ApiCall = { operation: 'tags.create', method: 'POST', path: 'tags', json, options }
    return this.#connection.one(call, 'tag', tagRow)
  }

  /**
   * Renames or describes a tag.
   *
   * Endpoint: `PUT /tags/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function rename(client: ActiveCampaignClient, id: string) {
   *   await client.tags.update(id, { tag: 'Buyer' })
   * }
   * ```
   */
  update(id: string, tag: Partial<TagInput>, options?: CallOptions): Promise<Tag> {
    const json = { tag }
    const call: ApiCall = { operation: 'tags.update', method: 'PUT', path: path`tags/${id}`, json, options }
    return this.#connection.one(call, 'tag', tagRow)
  }

  /**
   * Deletes a tag, from all contacts too.
   *
   * Endpoint: `DELETE /tags/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.tags.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('tags.delete', path`tags/${id}`, options)
  }

  #list(operation: string, search: string | undefined, options: CallOptions | undefined): PagedList<Tag> {
    const source = { operation, path: 'tags' }
    return listRows(this.#connection, {
      ...source,
      query: { search },
      options,
      key: 'tags',
      row: tagRow,
    })
  }
}
