import type { z } from 'zod'
import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { id, number, text } from '../wire.ts'

const fieldGroupRow = row({
  id,
  label: text,
  /** 1 fields of contacts, 2 of deals, 3 of accounts. */
  type_id: number,
  ordernum: number,
})

/** A box of fields in the app. */
export type FieldGroup = Readonly<z.output<typeof fieldGroupRow>>

const fieldGroupMemberRow = row({ id, group_id: id, rel_id: id, ordernum: number })

/** The place of a field in a box. */
export type FieldGroupMember = Readonly<z.output<typeof fieldGroupMemberRow>>

/** A field's place: which field in which box, and where there. */
export interface FieldGroupMemberInput {
  readonly field: string
  readonly group: string
  /** Place in the box; null is the end. */
  readonly ordernum?: number | null | undefined
}

const typeIds = { contact: 1, deal: 2, account: 3 } as const

const wireMember = ({ field, group, ordernum = null }: FieldGroupMemberInput) => ({
  groupMember: { rel_id: field, group_id: group, ordernum },
})

/** Boxes of fields in the app. @see https://developers.activecampaign.com/reference/add-custom-field-to-field-group */
export class FieldGroups {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All boxes.
   *
   * Endpoint: `GET /groupMembers`, one call per 100 boxes.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function boxesOfContacts(client: ActiveCampaignClient) {
   *   const groups = await client.fieldGroups.list().toArray()
   *   return groups.filter((group) => group.type_id === 1)
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<FieldGroup> {
    const source = { operation: 'fieldGroups.list', path: 'groupMembers' }
    return listRows(this.#connection, { ...source, key: 'groupDefinitions', row: fieldGroupRow, options })
  }

  /**
   * Makes a box.
   *
   * Endpoint: `POST /groupDefinitions`, one call, never repeated when its outcome is unknown.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addBox(client: ActiveCampaignClient) {
   *   const group = await client.fieldGroups.create({ label: 'CRM', of: 'contact' })
   *   return group.id
   * }
   * ```
   */
  create(
    group: {
      readonly label: string
      readonly of: 'contact' | 'deal' | 'account'
      readonly ordernum?: number
    },
    options?: CallOptions,
  ): Promise<FieldGroup> {
    const { label, of, ordernum } = group
    const groupDefinition = { label, groupType: typeIds[of], ...(ordernum !== undefined && { ordernum }) }
    const call: ApiCall = {
      operation: 'fieldGroups.create',
      method: 'POST',
      path: 'groupDefinitions',
      json: { groupDefinition },
      options,
    }
    return this.#connection.one(call, 'groupDefinition', fieldGroupRow)
  }

  /**
   * Puts a field into a box.
   *
   * Endpoint: `POST /groupMembers`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `not-found` when there is no such box, `field_missing`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function putIntoBox(client: ActiveCampaignClient, field: string, group: string) {
   *   return await client.fieldGroups.addField({ field, group })
   * }
   * ```
   */
  addField(member: FieldGroupMemberInput, options?: CallOptions): Promise<FieldGroupMember> {
    const call: ApiCall = {
      operation: 'fieldGroups.addField',
      method: 'POST',
      path: 'groupMembers',
      json: wireMember(member),
      options,
    }
    return this.#connection.one(call, 'groupMember', fieldGroupMemberRow)
  }

  /**
   * Moves a field in its box, or to another one.
   *
   * Endpoint: `PUT /groupMembers/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function moveToTop(client: ActiveCampaignClient, memberId: string) {
   *   await client.fieldGroups.moveField(memberId, { field: '3', group: '1', ordernum: 1 })
   * }
   * ```
   */
  moveField(
    memberId: string,
    member: FieldGroupMemberInput,
    options?: CallOptions,
  ): Promise<FieldGroupMember> {
    const call: ApiCall = {
      operation: 'fieldGroups.moveField',
      method: 'PUT',
      path: path`groupMembers/${memberId}`,
      json: wireMember(member),
      options,
    }
    return this.#connection.one(call, 'groupMember', fieldGroupMemberRow)
  }

  /**
   * The place of a field.
   *
   * Endpoint: `GET /groupMembers/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function boxOf(client: ActiveCampaignClient, memberId: string) {
   *   return (await client.fieldGroups.getField(memberId)).group_id
   * }
   * ```
   */
  getField(memberId: string, options?: CallOptions): Promise<FieldGroupMember> {
    const endpoint = path`groupMembers/${memberId}`
    const call: ApiCall = { operation: 'fieldGroups.getField', method: 'GET', path: endpoint, options }
    return this.#connection.one(call, 'groupMember', fieldGroupMemberRow)
  }

  /**
   * Takes a field out of its box.
   *
   * Endpoint: `DELETE /groupMembers/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function takeOut(client: ActiveCampaignClient, memberId: string) {
   *   await client.fieldGroups.removeField(memberId)
   * }
   * ```
   */
  removeField(memberId: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('fieldGroups.removeField', path`groupMembers/${memberId}`, options)
  }
}
