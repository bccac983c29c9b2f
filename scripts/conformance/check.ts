import { activeCampaignCall } from './activecampaign-calls.ts'
import { checkClient } from './check-client.ts'
import { checkSimulator } from './check-simulator.ts'
import { endpointOf } from './endpoint.ts'
import type { Exchange } from './exchange.ts'
import { simulateActiveCampaign } from './simulate-activecampaign.ts'
import type { Verdict } from './verdict.ts'

/** Puts one exchange through all checks. */
export async function checkExchange(exchange: Exchange): Promise<readonly Verdict[]> {
  const { service, name } = endpointOf(exchange)
  if (service === 'dynamics') return []
  const client = await checkClient(exchange, activeCampaignCall(exchange))
  const simulate = await checkSimulator(exchange, simulateActiveCampaign)
  const verdict = { file: exchange.file, endpoint: name, status: exchange.response.status }
  return [
    { ...verdict, check: 'decode', problems: client.decode },
    { ...verdict, check: 'request', problems: client.request },
    { ...verdict, check: 'simulate', problems: simulate },
  ]
}
