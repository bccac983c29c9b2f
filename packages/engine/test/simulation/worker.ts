import { type ActiveCampaignClient, createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import type { Clock } from '@dynacamp/http'
import { createSync, type StateStore, type Sync } from '../../src/index.ts'
import { definitionOf, type Policies, schema } from './definition.ts'
import { createLifeline, type Lifeline } from './lifeline.ts'
import { mortalStore, type StoreFault } from './mortal-store.ts'
import type { Network, Service } from './network.ts'
import { seededRandom } from './seeded-random.ts'
import type { Services } from './services.ts'

/** One process: clients, a sync, and a life that can end. */
export interface Worker {
  readonly sync: Sync
  readonly lifeline: Lifeline
}

/** Ways to break a worker on purpose, to see whether the laws notice. */
export interface Sabotage {
  readonly store?: (store: StateStore) => StateStore
  readonly request?: (request: Request) => Request
  readonly activeCampaign?: (client: ActiveCampaignClient) => ActiveCampaignClient
  readonly policies?: Partial<Policies>
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
      lifeline.step()
      await services.clock.sleep(ms, signal)
      lifeline.step()
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
  const sync = createSync({
    definition: definitionOf(policies),
    schema,
    clock,
    firstLink: policies.firstLink,
    state: mortalStore((sabotage.store ?? unbroken)(place.store), lifeline, place.dueStoreFault),
    dynamics,
    activeCampaign: (sabotage.activeCampaign ?? unbroken)(activeCampaign),
  })
  return { sync, lifeline }
}
