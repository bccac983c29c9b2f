import {
  type ActiveCampaignSimulator,
  type ActiveCampaignSimulatorOptions,
  createActiveCampaignSimulator,
  createVirtualClock,
  type VirtualClock,
} from '@dynacamp/simulators'
import {
  type ActiveCampaignClient,
  type ActiveCampaignClientOptions,
  createActiveCampaignClient,
} from '../src/index.ts'

export interface SimulatedAccount {
  readonly client: ActiveCampaignClient
  readonly simulator: ActiveCampaignSimulator
  readonly clock: VirtualClock
}

/** A client of a simulated account in virtual time, with the vendor's limits in force. */
export function simulatedAccount(
  options: ActiveCampaignSimulatorOptions = {},
  clientOptions: Partial<ActiveCampaignClientOptions> = {},
): SimulatedAccount {
  const clock = createVirtualClock()
  const simulator = createActiveCampaignSimulator({ clock, ...options })
  const { baseUrl: url, apiKey: key, fetch } = simulator
  const client = createActiveCampaignClient({ url, key, fetch, clock, random: () => 0.5, ...clientOptions })
  return { client, simulator, clock }
}

export const emailOf = (index: number): string => `person${index}@example.com`

/** A simulated account with contacts `person0@example.com` and so on, ids ascending. */
export function accountWithContacts(
  count: number,
  options?: ActiveCampaignSimulatorOptions,
): SimulatedAccount {
  const account = simulatedAccount(options)
  for (let index = 0; index < count; index += 1) account.simulator.insertContact({ email: emailOf(index) })
  return account
}
