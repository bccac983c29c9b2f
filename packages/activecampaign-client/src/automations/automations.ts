import { z } from 'zod'
import type { ApiCall, CallOptions, Connection } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { flag, id, instant, number, optionalText, reference, text } from '../wire.ts'

const automationRow = row({
  id,
  name: text,
  /** 1 active, 2 inactive, 0 draft, by all that is known. */
  status: number,
  description: optionalText,
  userid: reference,
  /** How many contacts came in and went out. */
  entered: number,
  exited: number,
  hidden: flag,
  /** May a contact enter more than once? */
  multientry: flag,
  exit_on_unsubscribe: flag,
  exit_on_conversion: flag,
  cdate: instant,
  mdate: instant,
})

/** An automation. The API can neither make nor change one. */
export type Automation = Readonly<z.output<typeof automationRow>>

// The service answers `automation`; its documents show a list of one.
const oneAutomation = z
  .union([z.object({ automation: automationRow }), z.object({ automations: z.tuple([automationRow]) })])
  .transform((body) => ('automation' in body ? body.automation : body.automations[0]))

/** Automations. @see https://developers.activecampaign.com/reference/list-all-automations */
export class Automations {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All automations.
   *
   * Endpoint: `GET /automations`, one call per 100 automations.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function active(client: ActiveCampaignClient) {
   *   const automations = await client.automations.list().toArray()
   *   return automations.filter((automation) => automation.status === 1)
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<Automation> {
    const source = { operation: 'automations.list', path: 'automations' }
    return listRows(this.#connection, { ...source, key: 'automations', row: automationRow, options })
  }

  /**
   * One automation.
   *
   * Endpoint: `GET /automations/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function canEnterTwice(client: ActiveCampaignClient, id: string) {
   *   return (await client.automations.get(id)).multientry
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Automation> {
    const call: ApiCall = {
      operation: 'automations.get',
      method: 'GET',
      path: path`automations/${id}`,
      options,
    }
    return this.#connection.read(call, oneAutomation)
  }
}
