import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { decodeRows } from '../paging/decode-rows.ts'
import { path } from '../path.ts'
import { type FieldOption, fieldOptionRow } from './field.ts'

/** A choice to add to a field. */
export interface FieldOptionInput {
  /** Id of the field. */
  readonly field: string
  /** What is stored. */
  readonly value: string
  /** What people see. Default: the value. */
  readonly label?: string | undefined
  /** Place among the choices, from 1. */
  readonly orderid?: number | undefined
  readonly isdefault?: boolean | undefined
}

/** Choices of fields. @see https://developers.activecampaign.com/reference/create-custom-field-options */
export class FieldOptions {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Adds choices to fields of type `dropdown`, `radio`, `listbox` or `checkbox`.
   *
   * Endpoint: `POST /fieldOption/bulk`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addColours(client: ActiveCampaignClient, field: string) {
   *   return await client.fieldOptions.create([
   *     { field, value: 'red', orderid: 1 },
   *     { field, value: 'blue', orderid: 2 },
   *   ])
   * }
   * ```
   */
  async create(
    fieldOptions: readonly FieldOptionInput[],
    options?: CallOptions,
  ): Promise<readonly FieldOption[]> {
    const json = {
      fieldOptions: fieldOptions.map((option) => ({ ...option, label: option.label ?? option.value })),
    }
    const source = { operation: 'fieldOptions.create', path: 'fieldOption/bulk' }
    const call: ApiCall = { ...source, method: 'POST', json, options }
    return decodeRows(source, 'fieldOptions', fieldOptionRow, (await this.#connection.send(call)).body).rows
  }

  /**
   * One choice.
   *
   * Endpoint: `GET /fieldOptions/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function labelOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.fieldOptions.get(id)).label
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<FieldOption> {
    const call: ApiCall = {
      operation: 'fieldOptions.get',
      method: 'GET',
      path: path`fieldOptions/${id}`,
      options,
    }
    return this.#connection.one(call, 'fieldOption', fieldOptionRow)
  }

  /**
   * Removes a choice. Contacts that have it keep its text.
   *
   * Endpoint: `DELETE /fieldOptions/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.fieldOptions.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('fieldOptions.delete', path`fieldOptions/${id}`, options)
  }
}
