import type { Clock } from '@dynacamp/http'
import { z } from 'zod'
import type { CallOptions, Connection, Deletion } from '../connection.ts'
import { ActiveCampaignError } from '../error.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { flag, id, ids, number, optionalText, text } from '../wire.ts'

const segmentRow = row({ id, name: text, logic: text, hidden: flag, seriesid: optionalText })

/** A segment of the old kind, with a number as id. */
export type Segment = Readonly<z.output<typeof segmentRow>>

const definitionRow = row({
  segment_id: id,
  name: optionalText,
  description: optionalText,
  category: optionalText,
  created_date: optionalText,
  /** How its groups of conditions are joined. */
  segment_condition_group_operator: optionalText,
  segment_condition_groups: z.unknown().optional(),
  segment_conditions: z.unknown().optional(),
})

/** A segment of the new kind, with a UUID as id. */
export type SegmentDefinition = Readonly<z.output<typeof definitionRow>>

const first = <T>(attributes: z.ZodType<T>) =>
  z
    .object({ data: z.tuple([z.object({ attributes })], z.unknown()) })
    .transform((body) => body.data[0].attributes)

const runSchema = first(
  z.object({
    run_id: id,
    is_ready: flag,
    matches: ids,
    page: z.object({ current_page: number, last_page: number }).nullish(),
  }),
)

const matchSchema = first(z.object({ match: flag }))

// The service answers after 4 seconds at the latest, ready or not.
const pollEveryMs = 2_000
const polls = 150
const pageSize = 100

/** Segments of contacts. @see https://developers.activecampaign.com/reference/create_match_all_request */
export class Segments {
  readonly #connection: Connection
  readonly #clock: Clock

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection
    this.#clock = clock
  }

  /**
   * All segments of the old kind.
   *
   * Endpoint: `GET /segments`, one call per 100 segments.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function namedSegment(client: ActiveCampaignClient, name: string) {
   *   return (await client.segments.list().toArray()).find((segment) => segment.name === name)
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<Segment> {
    const source = { operation: 'segments.list', path: 'segments' }
    return listRows(this.#connection, { ...source, key: 'segments', row: segmentRow, options })
  }

  /**
   * The definition of a segment of the new kind.
   *
   * Endpoint: `GET /segmentsV2/{uuid}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function conditions(client: ActiveCampaignClient, id: string) {
   *   return (await client.segments.get(id)).segment_conditions
   * }
   * ```
   */
  get(segmentId: string, options?: CallOptions): Promise<SegmentDefinition> {
    const call = {
      operation: 'segments.get',
      method: 'GET',
      path: path`segmentsV2/${segmentId}`,
      options,
    } as const
    return this.#connection.read(call, first(definitionRow))
  }

  /**
   * Deletes a segment of the new kind, its history too.
   *
   * Endpoint: `DELETE /segmentsV2/{uuid}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.segments.delete(id)
   * }
   * ```
   */
  delete(segmentId: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('segments.delete', path`segmentsV2/${segmentId}`, options)
  }

  /**
   * Is a contact in a segment?
   *
   * Endpoint: `GET /segmentMatch/{segmentId}/{contactId}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function isIn(client: ActiveCampaignClient, segmentId: string, contactId: string) {
   *   return await client.segments.matches(segmentId, contactId)
   * }
   * ```
   */
  async matches(segmentId: string, contactId: string, options?: CallOptions): Promise<boolean> {
    const call = { operation: 'segments.matches', method: 'GET' } as const
    const endpoint = path`segmentMatch/${segmentId}/${contactId}`
    return (await this.#connection.read({ ...call, path: endpoint, options }, matchSchema)).match
  }

  /**
   * The ids of all contacts in a segment. The service computes them in the background; this waits, up to five minutes.
   *
   * Endpoint: `GET /segmentMatchAll/{segmentId}`, then `GET /segmentMatchAll/{segmentId}/{runId}`: one call every two
   * seconds until it is ready, and one per 100 contacts.
   *
   * @throws ActiveCampaignError `not-found`, `not-ready`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function members(client: ActiveCampaignClient, segmentId: string) {
   *   const ids: string[] = []
   *   for await (const id of client.segments.contactIds(segmentId)) ids.push(id)
   *   return ids
   * }
   * ```
   */
  async *contactIds(segmentId: string, options?: CallOptions): AsyncGenerator<string> {
    let page = await this.#run(path`segmentMatchAll/${segmentId}`, 1, options)
    const endpoint = path`segmentMatchAll/${segmentId}/${page.run_id}`
    for (let poll = 1; !page.is_ready; poll += 1) {
      if (poll > polls) throw notReady(segmentId)
      await this.#clock.sleep(pollEveryMs, options?.signal)
      page = await this.#run(endpoint, 1, options)
    }
    yield* page.matches
    const last = page.page?.last_page ?? 1
    for (let number = 2; number <= last; number += 1)
      yield* (await this.#run(endpoint, number, options)).matches
  }

  #run(endpoint: string, page: number, options: CallOptions | undefined) {
    const query = { page, page_size: pageSize }
    return this.#connection.read(
      { operation: 'segments.contactIds', method: 'GET', path: endpoint, query, options },
      runSchema,
    )
  }
}

const notReady = (segmentId: string): ActiveCampaignError =>
  new ActiveCampaignError(`segments.contactIds: segment ${segmentId} is not computed yet; try again later`, {
    operation: 'segments.contactIds',
    code: 'not-ready',
    retryable: true,
  })
