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
  /** Who asks; an administrator unless said otherwise. */
  readonly caller?: Caller
}

/** `powerless` is a user without roles, `stranger` has no valid token. */
export type Caller = 'administrator' | 'powerless' | 'stranger'

export async function createDynamicsEnvironment(
  behaviour: Partial<DynamicsBehaviour>,
): Promise<DynamicsEnvironment> {
  const simulator = createDynamicsSimulator({ clock: createVirtualClock(), behaviour })
  const tokens: Readonly<Record<Caller, string>> = {
    administrator: await signIn(simulator, simulator.credentials),
    powerless: await signIn(simulator, simulator.defineApplicationUser({ name: 'Powerless', roles: [] })),
    stranger: 'none',
  }
  const send = async (request: EnvironmentRequest) => {
    const { method, path, headers = new Headers(), body = null, caller = 'administrator' } = request
    const all = new Headers(headers)
    all.set('authorization', `Bearer ${tokens[caller]}`)
    if (body !== null && !all.has('content-type')) all.set('content-type', 'application/json')
    const url = path.startsWith('https:') ? path : `${simulator.baseUrl}${simulator.apiPath}/${path}`
    const text = body === null ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    return toSimulatedAnswer(await simulator.fetch(new Request(url, { method, headers: all, ...text })))
  }
  return { simulator, send }
}

async function signIn(
  { loginUrl, baseUrl, fetch }: DynamicsSimulator,
  credentials: { readonly clientId: string; readonly clientSecret: string },
): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    scope: `${baseUrl}/.default`,
  })
  const answer = await fetch(new Request(loginUrl, { method: 'POST', body }))
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token
}
