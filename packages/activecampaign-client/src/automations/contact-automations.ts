import type { z } from 'zod'
import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { flag, id, number, text } from '../wire.ts'
import { type ContactAutomation, contactAutomationRow } from './contact-automation.ts'

const entryCountRow = row({ id, name: text, status: number, hidden: flag, contactEntryCount: number })

/** How often a contact entered an automation; `id` is the automation's. */
export type AutomationEntryCount = Readonly<z.output<typeof entryCountRow>>

/** Contacts in automations. @see https://developers.activecampaign.com/reference/create-new-contactautomation */
export class ContactAutomations {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All passages of all contacts.
   *
   * Endpoint: `GET /contactAutomations`, one call per 100 passages.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function inAutomation(client: ActiveCampaignClient, automation: string) {
   *   const contacts: string[] = []
   *   for await (const passage of client.contactAutomations.list()) {
   *     if (passage.automation === automation && !passage.completed) contacts.push(passage.contact)
   *   }
   *   return contacts
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<ContactAutomation> {
    const source = { operation: 'contactAutomations.list', path: 'contactAutomations' }
    return listRows(this.#connection, {
      ...source,
      key: 'contactAutomations',
      row: contactAutomationRow,
      options,
    })
  }

  /**
   * One contact's passages.
   *
   * Endpoint: `GET /contacts/{id}/contactAutomations`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function finished(client: ActiveCampaignClient, contactId: string) {
   *   const passages = await client.contactAutomations.listForContact(contactId).toArray()
   *   return passages.filter((passage) => passage.completed)
   * }
   * ```
   */
  listForContact(contactId: string, options?: CallOptions): PagedList<ContactAutomation> {
    const endpoint = path`contacts/${contactId}/contactAutomations`
    const source = { operation: 'contactAutomations.listForContact', path: endpoint }
    return listRows(this.#connection, {
      ...source,
      key: 'contactAutomations',
      row: contactAutomationRow,
      options,
    })
  }

  /**
   * One passage.
   *
   * Endpoint: `GET /contactAutomations/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function howFar(client: ActiveCampaignClient, passageId: string) {
   *   return (await client.contactAutomations.get(passageId)).completeValue
   * }
   * ```
   */
  get(passageId: string, options?: CallOptions): Promise<ContactAutomation> {
    const endpoint = path`contactAutomations/${passageId}`
    const call: ApiCall = { operation: 'contactAutomations.get', method: 'GET', path: endpoint, options }
    return this.#connection.one(call, 'contactAutomation', contactAutomationRow)
  }

  /**
   * Puts a contact into an automation, at its start.
   *
   * Endpoint: `POST /contactAutomations`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `forbidden` when there is no such automation, it is not active, or the contact was in
   * it and may not enter twice
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function start(client: ActiveCampaignClient) {
   *   const passage = await client.contactAutomations.add({ contact: '17', automation: '42' })
   *   return passage.id
   * }
   * ```
   */
  add(
    contactAutomation: { readonly contact: string; readonly automation: string },
    options?: CallOptions,
  ): Promise<ContactAutomation> {
    const call = { operation: 'contactAutomations.add', method: 'POST', path: 'contactAutomations' } as const
    const withBody: ApiCall = { ...call, json: { contactAutomation }, options }
    return this.#connection.one(withBody, 'contactAutomation', contactAutomationRow)
  }

  /**
   * Takes a contact out of an automation.
   *
   * Endpoint: `DELETE /contactAutomations/{id}`, one call.
   *
   * @param passageId id of the passage, not of the automation
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function stopAll(client: ActiveCampaignClient, contactId: string) {
   *   for await (const passage of client.contactAutomations.listForContact(contactId)) {
   *     if (!passage.completed) await client.contactAutomations.remove(passage.id)
   *   }
   * }
   * ```
   */
  remove(passageId: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete(
      'contactAutomations.remove',
      path`contactAutomations/${passageId}`,
      options,
    )
  }

  /**
   * How often a contact entered each automation.
   *
   * Endpoint: `GET /contacts/{id}/automationEntryCounts`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function wasIn(client: ActiveCampaignClient, contactId: string, automation: string) {
   *   const counts = await client.contactAutomations.entryCounts(contactId).toArray()
   *   return counts.some((count) => count.id === automation && (count.contactEntryCount ?? 0) > 0)
   * }
   * ```
   */
  entryCounts(contactId: string, options?: CallOptions): PagedList<AutomationEntryCount> {
    const endpoint = path`contacts/${contactId}/automationEntryCounts`
    const source = { operation: 'contactAutomations.entryCounts', path: endpoint }
    return listRows(this.#connection, {
      ...source,
      key: 'automationEntryCounts',
      row: entryCountRow,
      options,
    })
  }
}
