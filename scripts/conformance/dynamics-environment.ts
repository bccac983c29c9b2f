import {
  createDynamicsSimulator,
  createVirtualClock,
  type DynamicsBehaviour,
  type DynamicsSimulator,
  type JsonValue,
} from '@dynacamp/simulators'
import { z } from 'zod'
import { type SimulatedAnswer, toSimulatedAnswer } from './check-simulator.ts'

/** A simulated environment, signed in to. */
export interface DynamicsEnvironment {
  readonly simulator: DynamicsSimulator
  send(request: EnvironmentRequest): Promise<SimulatedAnswer>
}

interface EnvironmentRequest {
  readonly method: string
  /** Below the API's root, or a whole URL. */
  readonly path: string
  readonly headers?: Headers
  readonly body?: JsonValue
}

export async function createDynamicsEnvironment(
  behaviour: Partial<DynamicsBehaviour>,
): Promise<DynamicsEnvironment> {
  const simulator = createDynamicsSimulator({ clock: createVirtualClock(), behaviour })
  const token = await signIn(simulator)
  const send = async ({ method, path, headers = new Headers(), body = null }: EnvironmentRequest) => {
    const all = new Headers(headers)
    all.set('authorization', `Bearer ${token}`)
    if (body !== null && !all.has('content-type')) all.set('content-type', 'application/json')
    const url = path.startsWith('https:') ? path : `${simulator.baseUrl}${simulator.apiPath}/${path}`
    const text = body === null ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    return toSimulatedAnswer(await simulator.fetch(new Request(url, { method, headers: all, ...text })))
  }
  return { simulator, send }
}

async function signIn({ loginUrl, credentials, baseUrl, fetch }: DynamicsSimulator): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    scope: `${baseUrl}/.default`,
  })
  const answer = await fetch(new Request(loginUrl, { method: 'POST', body }))
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token
}
