import { type ActiveCampaignClient, createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import type { Clock } from '@dynacamp/http'
import { createSync, type StateStore, type Sync } from '../../src/index.ts'
import { definitionOf, type Guards, type Policies, schema } from './definition.ts'
import { createLifeline, type Lifeline } from './lifeline.ts'
import { type JournalReader, mortalStore, type StoreFault } from './mortal-store.ts'
import type { Network, Service } from './network.ts'
import { seededRandom } from './seeded-random.ts'
import type { Services } from './services.ts'

/** One process: clients, a sync, and a life that can end. */
export interface Worker {
  readonly number: number
  readonly sync: Sync
  readonly lifeline: Lifeline
  /** Of its definition. */
  readonly guards: Guards
}

/** Ways to break a worker on purpose, to see whether the laws notice. */
export interface Sabotage {
  readonly store?: (store: StateStore) => StateStore
  readonly request?: (request: Request) => Request
  readonly activeCampaign?: (client: ActiveCampaignClient) => ActiveCampaignClient
  readonly policies?: Partial<Policies>
  /** What webhooks may bring. */
  readonly secrets?: readonly string[]
  readonly clock?: (clock: Clock) => Clock
  readonly random?: () => number
}

interface Place {
  readonly services: Services
  readonly network: Network
  readonly store: StateStore
  readonly policies: Policies
  readonly seed: number
  readonly dueStoreFault: () => StoreFault | undefined
  readonly reader: JournalReader
  readonly sabotage: Sabotage
}

const unbroken = <Port>(port: Port): Port => port

/** Begins a process over the same services and the same store. */
export const startWorker = (place: Place, number: number): Worker => {
  const { services, network, sabotage } = place
  const policies = { ...place.policies, ...sabotage.policies }
  const lifeline = createLifeline()
  const clock = (sabotage.clock ?? unbroken)({
    now: () => services.clock.now(),
    async sleep(ms, signal) {
      await lifeline.step()
      await services.clock.sleep(ms, signal)
      await lifeline.step()
    },
  })
  const fetchOf = (service: Service) => {
    const send = network.fetchOf({ service, worker: number, lifeline })
    return (request: Request) => send((sabotage.request ?? unbroken)(request))
  }
  const random = sabotage.random ?? seededRandom(place.seed * 1000 + number)
  const { credentials, loginUrl, baseUrl } = services.dynamics
  const dynamics = createDynamicsClient({
    environmentUrl: baseUrl,
    credentials: clientCredentials({ ...credentials, loginUrl }),
    fetch: fetchOf('dynamics'),
    clock,
    random,
  })
  const activeCampaign = createActiveCampaignClient({
    url: services.activeCampaign.baseUrl,
    key: services.activeCampaign.apiKey,
    fetch: fetchOf('activeCampaign'),
    clock,
    random,
  })
  let ids = 0
  const newId = (): string => {
    ids += 1
    return `worker-${number}-${ids}`
  }
  const sync = createSync({
    newId,
    definition: definitionOf(policies),
    schema,
    clock,
    firstLink: policies.firstLink,
    state: mortalStore((sabotage.store ?? unbroken)(place.store), {
      lifeline,
      dueFault: place.dueStoreFault,
      reader: place.reader,
    }),
    dynamics,
    activeCampaign: (sabotage.activeCampaign ?? unbroken)(activeCampaign),
  })
  return { number, sync, lifeline, guards: place.policies.guards }
}
