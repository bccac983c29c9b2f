import { z } from 'zod'
import { type ApiCall, type CallOptions, type Connection, type Deletion, decode } from '../connection.ts'
import { ActiveCampaignError } from '../error.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type Account, type AccountFieldContent, accountRow } from './account.ts'

/** What to write of an account. Keys left out stay as they are. */
export interface AccountInput {
  /** Must be unique. */
  readonly name?: string | undefined
  readonly accountUrl?: string | undefined
  /** Id of a user. */
  readonly owner?: string | undefined
  /** Custom fields, the simplest way to write them. */
  readonly fields?: readonly {
    readonly customFieldId: string
    readonly fieldValue: AccountFieldContent
    /** ISO code, for money. */
    readonly fieldCurrency?: string
  }[]
}

/** Which accounts to list. */
export interface AccountQuery extends CallOptions {
  /** Part of a name; compare what comes yourself. */
  readonly search?: string | undefined
  /** Count contacts and deals. Default: false, and all counts are 0. */
  readonly count?: boolean | undefined
}

const bulkDeleted = z.object({ meta: z.object({ success: z.literal(true) }) })

/** Accounts: companies. @see https://developers.activecampaign.com/reference/list-all-accounts */
export class Accounts {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All accounts, or those whose name contains a text. There is no filter by time.
   *
   * Endpoint: `GET /accounts`, one call per 100 accounts.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function accountNamed(client: ActiveCampaignClient, name: string) {
   *   for await (const account of client.accounts.list({ search: name })) if (account.name === name) return account
   *   return undefined
   * }
   * ```
   */
  list(query: AccountQuery = {}): PagedList<Account> {
    return listRows(this.#connection, {
      operation: 'accounts.list',
      path: 'accounts',
      query: { search: query.search, count_deals: query.count === true ? 'true' : undefined },
      options: query,
      key: 'accounts',
      row: accountRow,
    })
  }

  /**
   * One account, without its custom fields.
   *
   * Endpoint: `GET /accounts/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function nameOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.accounts.get(id)).name
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Account> {
    const call: ApiCall = { operation: 'accounts.get', method: 'GET', path: path`accounts/${id}`, options }
    return this.#connection.one(call, 'account', accountRow)
  }

  /**
   * Makes an account.
   *
   * Endpoint: `POST /accounts`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `duplicate` when the name is taken, `field_missing` without a name, `failed` when the
   * account was saved and its custom fields were not
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addAccount(client: ActiveCampaignClient) {
   *   const fields = [{ customFieldId: '9', fieldValue: 129_900, fieldCurrency: 'EUR' }] // 1,299.00
   *   const account = await client.accounts.create({ name: 'Novak & Sons', accountUrl: 'https://example.com', fields })
   *   return account.id
   * }
   * ```
   */
  create(account: AccountInput & { readonly name: string }, options?: CallOptions): Promise<Account> {
    return this.#write({
      operation: 'accounts.create',
      method: 'POST',
      path: 'accounts',
      json: { account },
      options,
    })
  }

  /**
   * Changes the keys given.
   *
   * Endpoint: `PUT /accounts/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`, `duplicate`, `failed` when the account was saved and its custom fields
   * were not
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function setIndustry(client: ActiveCampaignClient, id: string) {
   *   await client.accounts.update(id, { fields: [{ customFieldId: '4', fieldValue: ['Retail', 'Logistics'] }] })
   * }
   * ```
   */
  update(id: string, account: AccountInput, options?: CallOptions): Promise<Account> {
    const endpoint = path`accounts/${id}`
    return this.#write({
      operation: 'accounts.update',
      method: 'PUT',
      path: endpoint,
      json: { account },
      options,
    })
  }

  /**
   * Deletes an account, and with it its links to contacts.
   *
   * Endpoint: `DELETE /accounts/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.accounts.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('accounts.delete', path`accounts/${id}`, options)
  }

  /**
   * Deletes several accounts, and with them their links to contacts.
   *
   * Endpoint: `DELETE /accounts/bulk_delete`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function removeAll(client: ActiveCampaignClient, ids: readonly string[]) {
   *   await client.accounts.deleteMany(ids)
   * }
   * ```
   */
  async deleteMany(ids: readonly string[], options?: CallOptions): Promise<void> {
    if (ids.length === 0) return
    const call: ApiCall = {
      operation: 'accounts.deleteMany',
      method: 'DELETE',
      path: 'accounts/bulk_delete',
      query: { 'ids[]': ids },
      options,
    }
    decode(call, bulkDeleted, (await this.#connection.send(call)).body)
  }

  async #write(call: ApiCall): Promise<Account> {
    const account = await this.#connection.one(call, 'account', accountRow)
    const saved = account.customFieldSaveStatus?.status ?? 'success'
    if (saved === 'success') return account
    throw new ActiveCampaignError(
      `${call.operation}: account ${account.id} was saved, its custom fields were not: ${saved}`,
      { operation: call.operation, code: 'failed' },
    )
  }
}
