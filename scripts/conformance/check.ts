import { activeCampaignCall } from './activecampaign-calls.ts'
import { type ClientOutcome, checkClient } from './check-client.ts'
import { checkSimulator } from './check-simulator.ts'
import { dynamicsCall, withoutSchema, withSchema } from './dynamics-calls.ts'
import { endpointOf } from './endpoint.ts'
import type { Exchange } from './exchange.ts'
import { simulateActiveCampaign } from './simulate-activecampaign.ts'
import { simulateDynamics } from './simulate-dynamics.ts'
import { type Check, checks, type Verdict } from './verdict.ts'

/** Puts one exchange through all checks. What goes wrong on the way is a problem of that exchange, not of the run. */
export async function checkExchange(exchange: Exchange): Promise<readonly Verdict[]> {
  const { file, request, response } = exchange
  try {
    return await checkKnown(exchange)
  } catch (error) {
    const verdict = { file, endpoint: `unknown ${request.method} ${request.path}`, status: response.status }
    return checks.map((check) => ({ ...verdict, check, problems: [`cannot be checked: ${String(error)}`] }))
  }
}

async function checkKnown(exchange: Exchange): Promise<readonly Verdict[]> {
  const endpoint = endpointOf(exchange)
  const client = await (endpoint.service === 'dynamics'
    ? checkDynamics(exchange)
    : checkActiveCampaign(exchange))
  const simulate = endpoint.service === 'dynamics' ? simulateDynamics : simulateActiveCampaign
  const problems: Record<Check, readonly string[]> = {
    ...client,
    simulate: await checkSimulator(exchange, simulate),
  }
  const verdict = {
    file: exchange.file,
    endpoint: `${endpoint.service} ${endpoint.name}`,
    status: exchange.response.status,
  }
  return checks.map((check) => ({ ...verdict, check, problems: problems[check] }))
}

function checkActiveCampaign(exchange: Exchange): Promise<ClientOutcome> {
  return checkClient(exchange, activeCampaignCall(exchange))
}

/** Requests are made without a table's schema, answers read with it. */
async function checkDynamics(exchange: Exchange): Promise<ClientOutcome> {
  const { request } = await checkClient(exchange, dynamicsCall(withoutSchema))
  const { decode } = await checkClient(exchange, dynamicsCall(withSchema))
  return { request, decode }
}
