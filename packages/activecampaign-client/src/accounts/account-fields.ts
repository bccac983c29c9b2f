import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { type AccountField, type AccountFieldType, accountFieldRow } from './account-field.ts'

/** What to write of a custom field of accounts. */
export interface AccountFieldInput {
  readonly fieldLabel: string
  readonly fieldType: AccountFieldType
  /** The choices, for types that have them. */
  readonly fieldOptions?: readonly string[] | undefined
  readonly fieldDefault?: unknown | undefined
  readonly fieldDefaultCurrency?: string | undefined
  readonly isFormVisible?: boolean | undefined
  readonly isRequired?: boolean | undefined
  readonly displayOrder?: number | undefined
}

// The service's own Latin: one of accountCustomFieldMeta is an accountCustomFieldMetum, and flags are 0 and 1.
const wireField = ({ isFormVisible, isRequired, ...field }: Partial<AccountFieldInput>) => ({
  accountCustomFieldMetum: {
    ...field,
    ...(isFormVisible !== undefined && { isFormVisible: Number(isFormVisible) }),
    ...(isRequired !== undefined && { isRequired: Number(isRequired) }),
  },
})

/** Custom fields of accounts. @see https://developers.activecampaign.com/reference/create-a-customfieldmeta */
export class AccountFields {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All custom fields of accounts, with their choices.
   *
   * Endpoint: `GET /accountCustomFieldMeta`, one call per 100 fields.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function labels(client: ActiveCampaignClient) {
   *   const fields = await client.accountFields.list().toArray()
   *   return fields.map((field) => `${field.fieldLabel}: ${field.fieldType}`)
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<AccountField> {
    const source = { operation: 'accountFields.list', path: 'accountCustomFieldMeta' }
    return listRows(this.#connection, {
      ...source,
      key: 'accountCustomFieldMeta',
      row: accountFieldRow,
      options,
    })
  }

  /**
   * One custom field.
   *
   * Endpoint: `GET /accountCustomFieldMeta/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function choicesOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.accountFields.get(id)).fieldOptions
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<AccountField> {
    return this.#one({
      operation: 'accountFields.get',
      method: 'GET',
      path: path`accountCustomFieldMeta/${id}`,
      options,
    })
  }

  /**
   * Makes a custom field.
   *
   * Endpoint: `POST /accountCustomFieldMeta`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addIndustry(client: ActiveCampaignClient) {
   *   const fieldOptions = ['Retail', 'Logistics']
   *   return await client.accountFields.create({ fieldLabel: 'Industry', fieldType: 'multiselect', fieldOptions })
   * }
   * ```
   */
  create(field: AccountFieldInput, options?: CallOptions): Promise<AccountField> {
    const json = wireField(field)
    return this.#one({
      operation: 'accountFields.create',
      method: 'POST',
      path: 'accountCustomFieldMeta',
      json,
      options,
    })
  }

  /**
   * Changes the keys given.
   *
   * Endpoint: `PUT /accountCustomFieldMeta/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function rename(client: ActiveCampaignClient, id: string) {
   *   await client.accountFields.update(id, { fieldLabel: 'Sector' })
   * }
   * ```
   */
  update(id: string, field: Partial<AccountFieldInput>, options?: CallOptions): Promise<AccountField> {
    const endpoint = path`accountCustomFieldMeta/${id}`
    const json = wireField(field)
    return this.#one({ operation: 'accountFields.update', method: 'PUT', path: endpoint, json, options })
  }

  /**
   * Deletes a custom field and its values.
   *
   * Endpoint: `DELETE /accountCustomFieldMeta/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.accountFields.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('accountFields.delete', path`accountCustomFieldMeta/${id}`, options)
  }

  #one(call: ApiCall): Promise<AccountField> {
    return this.#connection.one(call, 'accountCustomFieldMetum', accountFieldRow)
  }
}
