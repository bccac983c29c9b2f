import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { path } from '../path.ts'
import { type FieldRelation, fieldRelationRow } from './field.ts'

/** Where fields are shown. @see https://developers.activecampaign.com/reference/create-a-custom-field-relationship-to-lists */
export class FieldRelations {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Shows a field in the app, for the contacts of one list or for all.
   *
   * Endpoint: `POST /fieldRels`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `forbidden`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function showEverywhere(client: ActiveCampaignClient, field: string) {
   *   await client.fieldRelations.create({ field, list: 'all' })
   * }
   * ```
   */
  create(
    relation: { readonly field: string; readonly list: string | 'all' },
    options?: CallOptions,
  ): Promise<FieldRelation> {
    // The service means all lists by list 0.
    const fieldRel = { field: relation.field, relid: relation.list === 'all' ? '0' : relation.list }
    const call: ApiCall = {
      operation: 'fieldRelations.create',
      method: 'POST',
      path: 'fieldRels',
      json: { fieldRel },
      options,
    }
    return this.#connection.one(call, 'fieldRel', fieldRelationRow)
  }

  /**
   * Hides a field again. Its values stay.
   *
   * Endpoint: `DELETE /fieldRels/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function hide(client: ActiveCampaignClient, relationId: string) {
   *   await client.fieldRelations.delete(relationId)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('fieldRelations.delete', path`fieldRels/${id}`, options)
  }
}
