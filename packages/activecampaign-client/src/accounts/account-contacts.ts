import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type AccountContact, accountContactRow } from './account-contact.ts'

/** A link to write. */
export interface AccountContactInput {
  readonly contact: string
  readonly account: string
  readonly jobTitle?: string | undefined
}

/** Which links to list. */
export interface AccountContactQuery extends CallOptions {
  readonly contactId?: string | undefined
  readonly accountId?: string | undefined
  /** How many links to leave out at the start of the list. Default: none. */
  readonly startAt?: number | undefined
}

/** Links between contacts and accounts. @see https://developers.activecampaign.com/reference/create-an-account-1 */
export class AccountContacts {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All links, or those of a contact or an account.
   *
   * Endpoint: `GET /accountContacts`, one call per 100 links.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function employees(client: ActiveCampaignClient, accountId: string) {
   *   const links = await client.accountContacts.list({ accountId }).toArray()
   *   return links.map((link) => ({ contact: link.contact, as: link.jobTitle }))
   * }
   * ```
   */
  list(query: AccountContactQuery = {}): PagedList<AccountContact> {
    return listRows(this.#connection, {
      operation: 'accountContacts.list',
      path: 'accountContacts',
      query: { 'filters[contact]': query.contactId, 'filters[account]': query.accountId },
      options: query,
      startAt: query.startAt,
      key: 'accountContacts',
      row: accountContactRow,
    })
  }

  /**
   * The link of one contact, if it has one. `contacts.get` brings it along.
   *
   * Endpoint: `GET /contacts/{id}/accountContacts`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function accountOf(client: ActiveCampaignClient, contactId: string) {
   *   const [link] = await client.accountContacts.listForContact(contactId).toArray()
   *   return link?.account
   * }
   * ```
   */
  listForContact(contactId: string, options?: CallOptions): PagedList<AccountContact> {
    const source = {
      operation: 'accountContacts.listForContact',
      path: path`contacts/${contactId}/accountContacts`,
    }
    return listRows(this.#connection, { ...source, key: 'accountContacts', row: accountContactRow, options })
  }

  /**
   * One link.
   *
   * Endpoint: `GET /accountContacts/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function jobTitle(client: ActiveCampaignClient, id: string) {
   *   return (await client.accountContacts.get(id)).jobTitle
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<AccountContact> {
    const endpoint = path`accountContacts/${id}`
    return this.#one({ operation: 'accountContacts.get', method: 'GET', path: endpoint, options })
  }

  /**
   * Links a contact to an account. A contact has one account at most; see {@link AccountContacts.move}.
   *
   * Endpoint: `POST /accountContacts`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `field_invalid` when the contact has an account, `field_missing`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function link(client: ActiveCampaignClient) {
   *   await client.accountContacts.create({ contact: '17', account: '3', jobTitle: 'Buyer' })
   * }
   * ```
   */
  create(accountContact: AccountContactInput, options?: CallOptions): Promise<AccountContact> {
    const json = { accountContact }
    return this.#one({
      operation: 'accountContacts.create',
      method: 'POST',
      path: 'accountContacts',
      json,
      options,
    })
  }

  /**
   * Changes the job title.
   *
   * Endpoint: `PUT /accountContacts/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function promote(client: ActiveCampaignClient, id: string) {
   *   await client.accountContacts.update(id, { jobTitle: 'Head of buying' })
   * }
   * ```
   */
  update(
    id: string,
    accountContact: { readonly jobTitle: string },
    options?: CallOptions,
  ): Promise<AccountContact> {
    const call = {
      operation: 'accountContacts.update',
      method: 'PUT',
      path: path`accountContacts/${id}`,
    } as const
    return this.#one({ ...call, json: { accountContact }, options })
  }

  /**
   * Links a contact to this account and to no other. The job title stays unless one is given. When the call fails
   * half-way the contact is left without account; repeating it is safe.
   *
   * Endpoint: `GET /accountContacts`, then nothing, `PUT`, `POST`, or `DELETE` and `POST`: one to three calls.
   *
   * @throws ActiveCampaignError `not-found`, `field_invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function changeEmployer(client: ActiveCampaignClient) {
   *   await client.accountContacts.move({ contact: '17', account: '5' })
   * }
   * ```
   */
  async move(target: AccountContactInput, options?: CallOptions): Promise<AccountContact> {
    const [link] = await this.list({ ...options, contactId: target.contact }).toArray()
    if (link === undefined) return await this.create(target, options)
    const { jobTitle = link.jobTitle } = target
    if (link.account !== target.account) {
      await this.delete(link.id, options)
      return await this.create({ ...target, jobTitle }, options)
    }
    return link.jobTitle === jobTitle ? link : await this.update(link.id, { jobTitle }, options)
  }

  /**
   * Unlinks a contact from its account.
   *
   * Endpoint: `DELETE /accountContacts/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function unlink(client: ActiveCampaignClient, id: string) {
   *   await client.accountContacts.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('accountContacts.delete', path`accountContacts/${id}`, options)
  }

  #one(call: ApiCall): Promise<AccountContact> {
    return this.#connection.one(call, 'accountContact', accountContactRow)
  }
}
