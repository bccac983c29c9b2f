import { activeCampaignCall } from './activecampaign-calls.ts'
import { checkClient } from './check-client.ts'
import { endpointOf } from './endpoint.ts'
import type { Exchange } from './exchange.ts'
import type { Verdict } from './verdict.ts'

/** Puts one exchange through all checks. */
export async function checkExchange(exchange: Exchange): Promise<readonly Verdict[]> {
  const { service, name } = endpointOf(exchange)
  const client = await checkClient(
    exchange,
    service === 'activecampaign' ? activeCampaignCall(exchange) : undefined,
  )
  const verdict = { file: exchange.file, endpoint: name, status: exchange.response.status }
  return [
    { ...verdict, check: 'decode', problems: client.decode },
    { ...verdict, check: 'request', problems: client.request },
  ]
}
