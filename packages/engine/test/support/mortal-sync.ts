import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import type { Sync } from '../../src/index.ts'
import type { Lifeline } from '../simulation/lifeline.ts'
import { mortalStore } from '../simulation/mortal-store.ts'
import type { TestWorld } from './world.ts'

const deaf = { began: () => undefined, meant: () => undefined, ended: () => undefined }

/** A process over the same services and the same state, which dies where its lifeline ends. */
export const mortalSync = (
  { dynamics, activeCampaign, clock, state, newSync }: TestWorld,
  lifeline: Lifeline,
): Sync => {
  const fetchOf =
    (service: { readonly fetch: (request: Request) => Promise<Response> }) => async (request: Request) => {
      await lifeline.step()
      const answer = await service.fetch(request)
      await lifeline.step()
      return answer
    }
  const { credentials, loginUrl, baseUrl } = dynamics
  const random = () => 0.5
  return newSync({
    dynamics: createDynamicsClient({
      environmentUrl: baseUrl,
      credentials: clientCredentials({ ...credentials, loginUrl }),
      fetch: fetchOf(dynamics),
      clock,
      random,
    }),
    activeCampaign: createActiveCampaignClient({
      url: activeCampaign.baseUrl,
      key: activeCampaign.apiKey,
      fetch: fetchOf(activeCampaign),
      clock,
      random,
    }),
    state: mortalStore(state, { lifeline, dueFault: () => undefined, reader: deaf }),
  })
}
