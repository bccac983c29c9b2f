/** Two simulated services in virtual time, real clients, and counters: made for benches. */
import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import {
  createActiveCampaignSimulator,
  createDynamicsSimulator,
  createVirtualClock,
} from '@dynacamp/simulators'
import { createSync, memoryState } from '../src/index.ts'
import { definition, emailOf, idOf, schema } from './definition.ts'

const importOperation = 'import.start'
const writeOperations = [importOperation, 'contacts.create', 'contacts.update', 'contacts.sync']

/** Most requests in any stretch of one second, both ends included. */
const mostInASecond = (times: readonly number[]): number => {
  let most = 0
  let first = 0
  for (const [last, time] of times.entries()) {
    while (time - (times[first] ?? time) > 999) first += 1
    most = Math.max(most, last - first + 1)
  }
  return most
}

/** @param share - How much of ActiveCampaign's limit the client takes. */
export const createBenchWorld = ({ share = 1 }: { readonly share?: number } = {}) => {
  const clock = createVirtualClock()
  const dynamics = createDynamicsSimulator({ clock })
  const activeCampaign = createActiveCampaignSimulator({ clock })
  activeCampaign.defineField({ title: 'Position', type: 'text', perstag: 'POSITION' })
  const sentAtMs: number[] = []
  let refusals = 0
  const sync = createSync({
    definition,
    schema,
    state: memoryState(),
    clock,
    dynamics: createDynamicsClient({
      environmentUrl: dynamics.baseUrl,
      credentials: clientCredentials({ ...dynamics.credentials, loginUrl: dynamics.loginUrl }),
      fetch: dynamics.fetch,
      clock,
      random: () => 0.5,
    }),
    activeCampaign: createActiveCampaignClient({
      url: activeCampaign.baseUrl,
      key: activeCampaign.apiKey,
      fetch: async (request) => {
        sentAtMs.push(clock.now())
        const answer = await activeCampaign.fetch(request)
        // Bulk import tells its own limit with status 400.
        if (answer.status === 429 || answer.status === 400) refusals += 1
        return answer
      },
      clock,
      random: () => 0.5,
      share,
    }),
  })
  const operations = () => ({ ...activeCampaign.calls.byOperation })
  return {
    clock,
    dynamics,
    activeCampaign,
    sync,
    insertRows(count: number, first = 0) {
      for (let n = first; n < first + count; n += 1) {
        dynamics.insert('contact', {
          contactid: idOf(n),
          emailaddress1: emailOf(n),
          firstname: `First ${n}`,
          lastname: `Last ${n}`,
          jobtitle: `Job ${n % 100}`,
        })
      }
    },
    changeRows(count: number, lastname: string) {
      for (let n = 0; n < count; n += 1) dynamics.update('contact', idOf(n), { lastname })
    },
    /** Calls since this was called: writes of contacts, and everything else. */
    counting() {
      const before = operations()
      const [dynamicsBefore, totalBefore] = [dynamics.calls.total, activeCampaign.calls.total]
      return () => {
        const now = operations()
        const writes = writeOperations.reduce((sum, name) => sum + (now[name] ?? 0) - (before[name] ?? 0), 0)
        return {
          writes,
          reads: activeCampaign.calls.total - totalBefore - writes,
          dynamics: dynamics.calls.total - dynamicsBefore,
        }
      }
    },
    mostInASecond: () => mostInASecond(sentAtMs),
    refusals: () => refusals,
  }
}

export const minutes = (ms: number): string => {
  const seconds = Math.round(ms / 1_000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
