import type { ActiveCampaignData } from '../data/rows.ts'
import { createRunningClock, type SimulatorClock } from '../shared/clock.ts'
import { createHost } from '../shared/host.ts'
import { createOutbox, type Deliver } from '../shared/outbox.ts'
import type { ActiveCampaignSimulator } from './activecampaign-simulator.ts'
import { engage, trackEvent, unsubscribe } from './activity/engage.ts'
import { createApi, refusal } from './api.ts'
import { type ActiveCampaignBehaviour, defaultBehaviour } from './behaviour.ts'
import { bareCall } from './core/call.ts'
import { documentedRateLimit, type RateLimitOptions } from './core/rate-limit.ts'
import { type Source, Store } from './core/store.ts'
import { recordsOfSlug } from './custom-objects/object-store.ts'
import { outsideRow } from './outside/contact-row.ts'
import {
  insertContact,
  mergeContacts,
  removeContactOutside,
  untagContactOutside,
  updateContact,
} from './outside/contacts.ts'
import { defineField, fieldRows } from './outside/define-field.ts'
import { loadData } from './outside/load-data.ts'
import { removeObjectRecord, updateObjectRecord } from './outside/object-records.ts'
import { insertRow, updateRowOutside } from './outside/rows.ts'
import { seedAccount } from './outside/seed-account.ts'
import { fireWebhooks } from './webhooks/fire.ts'

/**
 * What can be chosen when an ActiveCampaign account is simulated.
 *
 * @example
 * ```ts
 * const options: ActiveCampaignSimulatorOptions = { seed: 7, clock: createVirtualClock(), rateLimit: false }
 * ```
 */
export interface ActiveCampaignSimulatorOptions {
  /** Everything that looks random depends on it. Default 1. */
  readonly seed?: number
  /** Default: a clock that starts at a fixed instant and runs at the speed of real time. */
  readonly clock?: SimulatorClock
  /** Where clients believe the account to be. Default `https://dynacamp.api-us1.com`. */
  readonly baseUrl?: string
  /** The key of the account's administrator. A made-up one by default. */
  readonly apiKey?: string
  /** Rows to begin with. */
  readonly data?: ActiveCampaignData
  /** The account-wide limit; `false` for none. Default: 5 requests in any second. */
  readonly rateLimit?: Partial<RateLimitOptions> | false
  /** Takes webhooks and callbacks to their receiver. Default: `fetch` while listening, else they are only recorded. */
  readonly deliver?: Deliver
  /** What the vendor's documents leave open, or what differs from account to account. */
  readonly behaviour?: Partial<ActiveCampaignBehaviour>
}

/**
 * Simulates one ActiveCampaign account: API v3, the parts of v1 still in use, its limits and its traps.
 *
 * Stateful and in memory; reach it through `fetch`, MSW (`handlers`) or a loopback port (`listen`).
 *
 * @see https://developers.activecampaign.com/reference/overview
 * @example
 * ```ts
 * const simulator = createActiveCampaignSimulator({ seed: 7 })
 * simulator.insertContact({ email: 'mira.holt@example.com', firstName: 'Mira', tags: ['Trial'] })
 * const response = await simulator.fetch(
 *   new Request(`${simulator.baseUrl}/api/3/contacts?limit=100`, { headers: { 'Api-Token': simulator.apiKey } }),
 * )
 * ```
 */
export function createActiveCampaignSimulator(
  options: ActiveCampaignSimulatorOptions = {},
): ActiveCampaignSimulator {
  const { seed = 1, clock = createRunningClock(), baseUrl = 'https://dynacamp.api-us1.com' } = options
  const behaviour = { ...defaultBehaviour, ...options.behaviour }
  const store = new Store({ clock, seed, origin: baseUrl, behaviour })
  const apiKey = options.apiKey ?? `${store.hex()}${store.hex()}`
  const rateLimit = options.rateLimit === false ? false : { ...documentedRateLimit, ...options.rateLimit }
  seedAccount(store)

  let listening = 0
  const outbox = createOutbox(() => options.deliver ?? (listening > 0 ? fetch : undefined))
  store.send = outbox.send
  store.onChange = (change, source) => fireWebhooks(store, change, source)

  const host = createHost({
    baseUrl,
    clock,
    resolve: createApi({ store, apiKey, clock, rateLimit }),
    isFollowUpPage: ({ url }) =>
      Number(url.searchParams.get('offset')) > 0 || Number(url.searchParams.get('id_greater')) > 0,
    refusal,
  })

  const listen = async (port?: number): Promise<{ readonly url: string; close(): Promise<void> }> => {
    const server = await host.listen(port)
    listening += 1
    const close = async (): Promise<void> => {
      listening -= 1
      await server.close()
    }
    return { url: server.url, close }
  }

  // What users do comes after everything that became due before, and under their name unless another is given.
  let actor: Source = 'admin'
  const outside = <Result>(work: () => Result, source: Source = actor): Result => {
    store.settle()
    return store.as(source, work)
  }

  const simulator: ActiveCampaignSimulator = {
    ...host,
    get calls() {
      return host.calls
    },
    listen,
    apiKey,
    contacts: () =>
      outside(() => store.contacts.rows.filter((row) => !row.removed).map((row) => outsideRow(store, row))),
    insertContact: (input) => outside(() => insertContact(store, input)),
    updateContact: (id, input) => outside(() => updateContact(store, String(id), input)),
    untagContact: (id, tag) => outside(() => untagContactOutside(store, String(id), tag)),
    removeContact: (id) => outside(() => removeContactOutside(store, String(id))),
    mergeContacts: (winner, loser) => outside(() => mergeContacts(store, String(winner), String(loser))),
    fields: () => fieldRows(store),
    defineField: (input) => outside(() => defineField(store, input)),
    load: (data) => outside(() => loadData(store, data)),
    rows: (table) => outside(() => [...store.tables[table].rows]),
    insert: (table, row) => outside(() => insertRow(store, table, row)),
    update: (table, id, patch) => outside(() => updateRowOutside(store, table, String(id), patch)),
    remove: (table, id) => outside(() => void store.tables[table].remove(String(id))),
    objectRecords: (slug) => outside(() => recordsOfSlug(store, slug)),
    updateObjectRecord: (slug, id, values) => outside(() => updateObjectRecord(store, slug, id, values)),
    removeObjectRecord: (slug, id) => outside(() => removeObjectRecord(store, slug, id)),
    engage: (engagement) => outside(() => engage(bareCall(store), engagement), 'public'),
    unsubscribe: (contact, list) =>
      outside(() => unsubscribe(store, String(contact), String(list)), 'public'),
    trackEvent: (contact, name, value = '') =>
      outside(() => trackEvent(store, String(contact), name, value), 'public'),
    as: (source, work) => {
      const before = actor
      actor = source
      try {
        return work()
      } finally {
        actor = before
      }
    },
    mails: store.mails,
    deliveries: outbox.deliveries,
    delivered: outbox.delivered,
  }
  if (options.data !== undefined) simulator.load(options.data)
  return simulator
}
