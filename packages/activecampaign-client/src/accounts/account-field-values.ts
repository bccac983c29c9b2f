import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import type { AccountFieldContent } from './account.ts'
import { type AccountFieldValue, accountFieldValueRow } from './account-field.ts'

/** A value to write. */
export interface AccountFieldValueInput {
  readonly account: string
  readonly customFieldId: string
  /** Several choices as an array, money in hundredths. */
  readonly fieldValue: AccountFieldContent
  /** ISO code, for money. */
  readonly fieldCurrency?: string | undefined
}

const endpoint = 'accountCustomFieldData'

// Writes call the account customerAccountId, reads accountId.
const wireValue = ({ account, ...value }: AccountFieldValueInput) => ({
  customerAccountId: account,
  ...value,
})

/** Values of accounts' custom fields. @see https://developers.activecampaign.com/reference/create-a-custom-field-value */
export class AccountFieldValues {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * The values of all accounts, or of one.
   *
   * Endpoint: `GET /accountCustomFieldData`, one call per 100 values.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function valuesOf(client: ActiveCampaignClient, accountId: string) {
   *   const values = await client.accountFieldValues.list({ accountId }).toArray()
   *   return new Map(values.map((value) => [value.customFieldId, value.fieldValue]))
   * }
   * ```
   */
  list(query: CallOptions & { readonly accountId?: string | undefined } = {}): PagedList<AccountFieldValue> {
    return listRows(this.#connection, {
      operation: 'accountFieldValues.list',
      path: endpoint,
      // With a capital I, or the service ignores the filter.
      query: { 'filters[customerAccountId]': query.accountId },
      options: query,
      key: 'accountCustomFieldData',
      row: accountFieldValueRow,
    })
  }

  /**
   * One value.
   *
   * Endpoint: `GET /accountCustomFieldData/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function valueOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.accountFieldValues.get(id)).fieldValue
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<AccountFieldValue> {
    const call: ApiCall = {
      operation: 'accountFieldValues.get',
      method: 'GET',
      path: path`${endpoint}/${id}`,
      options,
    }
    return this.#connection.one(call, 'accountCustomFieldDatum', accountFieldValueRow)
  }

  /**
   * Sets a value of an account that has none yet for this field. Simpler: `accounts.update` takes values inline.
   *
   * Endpoint: `POST /accountCustomFieldData`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `not-found`, `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function setTurnover(client: ActiveCampaignClient, account: string) {
   *   const money = { fieldValue: 129_900, fieldCurrency: 'EUR' } // 1,299.00
   *   await client.accountFieldValues.create({ account, customFieldId: '9', ...money })
   * }
   * ```
   */
  create(value: AccountFieldValueInput, options?: CallOptions): Promise<AccountFieldValue> {
    const json = { accountCustomFieldDatum: wireValue(value) }
    const call: ApiCall = {
      operation: 'accountFieldValues.create',
      method: 'POST',
      path: endpoint,
      json,
      options,
    }
    return this.#connection.one(call, 'accountCustomFieldDatum', accountFieldValueRow)
  }

  /**
   * Changes a value.
   *
   * Endpoint: `PUT /accountCustomFieldData/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function change(client: ActiveCampaignClient, id: string) {
   *   await client.accountFieldValues.update(id, { fieldValue: ['Retail'] })
   * }
   * ```
   */
  update(
    id: string,
    value: Pick<AccountFieldValueInput, 'fieldValue' | 'fieldCurrency'>,
    options?: CallOptions,
  ): Promise<AccountFieldValue> {
    const call: ApiCall = {
      operation: 'accountFieldValues.update',
      method: 'PUT',
      path: path`${endpoint}/${id}`,
      json: { accountCustomFieldDatum: value },
      options,
    }
    return this.#connection.one(call, 'accountCustomFieldDatum', accountFieldValueRow)
  }

  /**
   * Sets values that are not there yet, of several accounts and fields.
   *
   * Endpoint: `POST /accountCustomFieldData/bulkCreate`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function setTwo(client: ActiveCampaignClient, account: string) {
   *   await client.accountFieldValues.createMany([
   *     { account, customFieldId: '4', fieldValue: ['Retail'] },
   *     { account, customFieldId: '5', fieldValue: 'Brno' },
   *   ])
   * }
   * ```
   */
  async createMany(values: readonly AccountFieldValueInput[], options?: CallOptions): Promise<void> {
    if (values.length === 0) return
    const operation = 'accountFieldValues.createMany'
    const json = values.map(wireValue)
    await this.#connection.send({ operation, method: 'POST', path: `${endpoint}/bulkCreate`, json, options })
  }

  /**
   * Changes several values.
   *
   * Endpoint: `PATCH /accountCustomFieldData/bulkUpdate`, one call.
   *
   * @throws ActiveCampaignError `not-found`, `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function changeTwo(client: ActiveCampaignClient) {
   *   await client.accountFieldValues.updateMany([
   *     { id: '1', fieldValue: 'Brno' },
   *     { id: '2', fieldValue: 'Praha' },
   *   ])
   * }
   * ```
   */
  async updateMany(
    values: readonly { readonly id: string; readonly fieldValue: AccountFieldContent }[],
    options?: CallOptions,
  ): Promise<void> {
    if (values.length === 0) return
    const operation = 'accountFieldValues.updateMany'
    const call = { operation, method: 'PATCH', path: `${endpoint}/bulkUpdate`, json: values } as const
    await this.#connection.send({ ...call, repeatable: true, options })
  }

  /**
   * Removes a value.
   *
   * Endpoint: `DELETE /accountCustomFieldData/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.accountFieldValues.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('accountFieldValues.delete', path`${endpoint}/${id}`, options)
  }
}
