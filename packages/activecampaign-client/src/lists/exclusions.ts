import type { z } from 'zod'
import type { ApiCall, CallOptions, Connection } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { flag, id, ids, text } from '../wire.ts'

const exclusionRow = row({
  id,
  /** The address, or the part of it. */
  matchPhrase: text,
  /** `exact`, `end`, ... */
  matchType: text,
  /** `all`, `allEmail`, `allSms`, or `several`: the lists named. */
  channel: text,
  hidden: flag,
  lists: ids,
})

/** Addresses that get nothing, whatever list they are on. */
export type Exclusion = Readonly<z.output<typeof exclusionRow>>

/** Which exclusions to list. */
export interface ExclusionQuery extends CallOptions {
  /** Part of the phrase. */
  readonly matchPhrase?: string | undefined
  /** Only exclusions from these lists. */
  readonly listIds?: readonly string[] | undefined
}

/** Exclusions: who gets no mail at all. The service has no call to make or delete one. */
export class Exclusions {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All exclusions, or those that meet the conditions.
   *
   * Endpoint: `GET /lists/exclusions`, one call per 100 exclusions.
   *
   * @throws ActiveCampaignError `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function isExcluded(client: ActiveCampaignClient, email: string) {
   *   const exclusions = await client.exclusions.list({ matchPhrase: email }).toArray()
   *   return exclusions.some((exclusion) => exclusion.matchPhrase === email)
   * }
   * ```
   */
  list(query: ExclusionQuery = {}): PagedList<Exclusion> {
    return listRows(this.#connection, {
      operation: 'exclusions.list',
      path: 'lists/exclusions',
      query: { 'filters[matchPhrase]': query.matchPhrase, 'filters[lists][]': query.listIds },
      options: query,
      key: 'exclusions',
      row: exclusionRow,
    })
  }

  /**
   * One exclusion.
   *
   * Endpoint: `GET /lists/exclusions/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function channelOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.exclusions.get(id)).channel
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Exclusion> {
    const call: ApiCall = {
      operation: 'exclusions.get',
      method: 'GET',
      path: path`lists/exclusions/${id}`,
      options,
    }
    return this.#connection.read(call, exclusionRow)
  }

  /**
   * Changes what an exclusion keeps away.
   *
   * Endpoint: `PUT /lists/exclusions/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`, `forbidden`, `invalid`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function onlyNews(client: ActiveCampaignClient, id: string) {
   *   await client.exclusions.update(id, { channel: 'several', lists: ['2'] })
   * }
   * ```
   */
  update(
    id: string,
    exclusion:
      | { readonly channel: 'all' | 'allEmail' | 'allSms' }
      | { readonly channel: 'several'; readonly lists: readonly string[] },
    options?: CallOptions,
  ): Promise<Exclusion> {
    const call = {
      operation: 'exclusions.update',
      method: 'PUT',
      path: path`lists/exclusions/${id}`,
    } as const
    return this.#connection.read({ ...call, json: exclusion, options }, exclusionRow)
  }
}
