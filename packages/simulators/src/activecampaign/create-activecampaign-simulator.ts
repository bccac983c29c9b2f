import type { ActiveCampaignData } from '../data/rows.ts'
import { createRunningClock, type SimulatorClock } from '../shared/clock.ts'
import { createHost } from '../shared/host.ts'
import type { Simulator } from '../shared/simulator.ts'
import { createApi, refusal } from './api.ts'
import { type ActiveCampaignBehaviour, defaultBehaviour } from './behaviour.ts'
import { documentedRateLimit, type RateLimitOptions } from './core/rate-limit.ts'
import { Store } from './core/store.ts'
import type { ContactInput } from './outside/contact-input.ts'
import { type ContactRow, outsideRow } from './outside/contact-row.ts'
import { insertContact, removeContactOutside, updateContact } from './outside/contacts.ts'
import { defineField, type FieldInput, type FieldRow, fieldRows } from './outside/define-field.ts'
import { loadData } from './outside/load-data.ts'
import { seedAccount } from './outside/seed-account.ts'

/** What can be chosen when an ActiveCampaign account is simulated. */
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
  /** What the vendor's documents leave open, or what differs from account to account. */
  readonly behaviour?: Partial<ActiveCampaignBehaviour>
}

/** A simulated ActiveCampaign account, and what its users and other programs do in it. */
export interface ActiveCampaignSimulator extends Simulator {
  readonly apiKey: string
  /** Every contact that lists show, in order of id. */
  contacts(): readonly ContactRow[]
  /** Adds a contact as a user does, outside the API. Fields must exist; tags are made. */
  insertContact(input: ContactInput): ContactRow
  /** Changes a contact outside the API; what is not given stays. */
  updateContact(id: string | number, input: ContactInput): ContactRow
  /** Deletes a contact in the user interface: see `behaviour.removedContacts`. */
  removeContact(id: string | number): void
  fields(): readonly FieldRow[]
  /** Defines a contact field, with its options. */
  defineField(input: FieldInput): FieldRow
  /** Loads rows of a data file; fields its contacts have and the account lacks are defined as text. */
  load(data: ActiveCampaignData): void
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
  store.as('system', () => seedAccount(store))

  const host = createHost({
    baseUrl,
    clock,
    resolve: createApi({ store, apiKey, clock, rateLimit }),
    isFollowUpPage: ({ url }) =>
      Number(url.searchParams.get('offset')) > 0 || url.searchParams.has('id_greater'),
    refusal,
  })

  /** What users do: after everything that became due before, and under their name. */
  const asUser = <Result>(work: () => Result): Result => {
    store.settle()
    return store.as('admin', work)
  }

  const simulator: ActiveCampaignSimulator = {
    ...host,
    get calls() {
      return host.calls
    },
    apiKey,
    contacts: () =>
      asUser(() => store.contacts.rows.filter((row) => !row.removed).map((row) => outsideRow(store, row))),
    insertContact: (input) => asUser(() => insertContact(store, input)),
    updateContact: (id, input) => asUser(() => updateContact(store, String(id), input)),
    removeContact: (id) => asUser(() => removeContactOutside(store, String(id))),
    fields: () => fieldRows(store),
    defineField: (input) => asUser(() => defineField(store, input)),
    load: (data) => asUser(() => loadData(store, data)),
  }
  if (options.data !== undefined) simulator.load(options.data)
  return simulator
}
