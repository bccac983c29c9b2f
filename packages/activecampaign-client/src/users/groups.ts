import type { z } from 'zod'
import type { ApiCall, CallOptions, Connection } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { flag, id, number, reference, text } from '../wire.ts'

const groupRow = row({
  id,
  title: text,
  descript: text,
  /** May it administer the account? */
  p_admin: flag,
  pgContactAdd: flag,
  pgContactEdit: flag,
  pgContactDelete: flag,
  pgContactFields: flag,
  pgListAdd: flag,
  pgMessageSend: flag,
})

/** A group of users. What it may do, its users' keys may; all permissions are under `extra`. */
export type Group = Readonly<z.output<typeof groupRow>>

const groupLimitRow = row({
  id,
  group: reference,
  groupid: reference,
  /** 0 is no limit. */
  limitMail: number,
  limitMailType: text,
  limitContact: number,
  limitList: number,
  limitCampaign: number,
  limitCampaignType: text,
  limitUser: number,
})

/** How much a group may do. */
export type GroupLimit = Readonly<z.output<typeof groupLimitRow>>

/** Groups of users. @see https://developers.activecampaign.com/reference/list-all-groups */
export class Groups {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All groups.
   *
   * Endpoint: `GET /groups`, one call per 100 groups.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function administrators(client: ActiveCampaignClient) {
   *   return (await client.groups.list().toArray()).filter((group) => group.p_admin)
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<Group> {
    return listRows(this.#connection, {
      operation: 'groups.list',
      path: 'groups',
      key: 'groups',
      row: groupRow,
      options,
    })
  }

  /**
   * One group.
   *
   * Endpoint: `GET /groups/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function mayDelete(client: ActiveCampaignClient, id: string) {
   *   return (await client.groups.get(id)).pgContactDelete
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Group> {
    const call: ApiCall = { operation: 'groups.get', method: 'GET', path: path`groups/${id}`, options }
    return this.#connection.one(call, 'group', groupRow)
  }

  /**
   * How much each group may do.
   *
   * Endpoint: `GET /groupLimits`, one call per 100 groups.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function mailsPerMonth(client: ActiveCampaignClient) {
   *   return (await client.groups.limits().toArray()).map(({ group, limitMail }) => [group, limitMail])
   * }
   * ```
   */
  limits(options?: CallOptions): PagedList<GroupLimit> {
    const source = { operation: 'groups.limits', path: 'groupLimits' }
    return listRows(this.#connection, { ...source, key: 'groupLimits', row: groupLimitRow, options })
  }
}
