import { type ApiCall, type CallOptions, type Connection, type Deletion, decodeOne } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type ContactTag, contactTagRow } from './tag.ts'

/** A contact and a tag, by their ids. */
export interface ContactTagInput {
  readonly contact: string
  readonly tag: string
}

/** Tags on contacts. @see https://developers.activecampaign.com/reference/create-contact-tag */
export class ContactTags {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Puts a tag on a contact. A tag that is there already stays as it is; otherwise the contact's `udate` moves.
   *
   * Endpoint: `POST /contactTags`, one call.
   *
   * @returns `added`: whether the tag is new on the contact
   * @throws ActiveCampaignError `not-found` when there is no such contact
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function tag(client: ActiveCampaignClient) {
   *   const { added } = await client.contactTags.add({ contact: '17', tag: '4' })
   *   return added
   * }
   * ```
   */
  async add(
    contactTag: ContactTagInput,
    options?: CallOptions,
  ): Promise<{ readonly added: boolean; readonly contactTag: ContactTag }> {
    const call: ApiCall = {
      operation: 'contactTags.add',
      method: 'POST',
      path: 'contactTags',
      json: { contactTag },
      repeatable: true,
      options,
    }
    const { status, body } = await this.#connection.send(call)
    return { added: status === 201, contactTag: decodeOne(call, 'contactTag', contactTagRow, body) }
  }

  /**
   * Takes a tag off a contact.
   *
   * Endpoint: `GET /contacts/{id}/contactTags` for the id of the relation, then `DELETE /contactTags/{id}`: two calls,
   * one when the contact lacks the tag.
   *
   * @throws ActiveCampaignError `not-found` when there is no such contact
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function untag(client: ActiveCampaignClient) {
   *   const { existed } = await client.contactTags.remove({ contact: '17', tag: '4' })
   *   return existed
   * }
   * ```
   */
  async remove({ contact, tag }: ContactTagInput, options?: CallOptions): Promise<Deletion> {
    for await (const relation of this.listForContact(contact, options)) {
      if (relation.tag === tag)
        return await this.#connection.delete('contactTags.remove', path`contactTags/${relation.id}`, options)
    }
    return { existed: false }
  }

  /**
   * The tags of a contact, by id; `tags.list` knows their names.
   *
   * Endpoint: `GET /contacts/{id}/contactTags`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function tagIds(client: ActiveCampaignClient, contactId: string) {
   *   const relations = await client.contactTags.listForContact(contactId).toArray()
   *   return relations.map((relation) => relation.tag)
   * }
   * ```
   */
  listForContact(contactId: string, options?: CallOptions): PagedList<ContactTag> {
    const source = { operation: 'contactTags.listForContact', path: path`contacts/${contactId}/contactTags` }
    return listRows(this.#connection, {
      ...source,
      options,
      key: 'contactTags',
      row: contactTagRow,
    })
  }
}
