import { readFile } from 'node:fs/promises'
import { type ActiveCampaignClient, createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient, type DynamicsClient } from '@dynacamp/dynamics-client'
import { type Clock, type HttpEvent, systemClock } from '@dynacamp/http'
import {
  createActiveCampaignSimulator,
  createDynamicsSimulator,
  createRunningClock,
  createVirtualClock,
  DataFileError,
  type LoadData,
  loadInto,
} from '@dynacamp/simulators'
import * as z from 'zod'

/** Calls sent to each service. */
export interface Calls {
  readonly dynamics: number
  readonly activeCampaign: number
}

/** Two services, reached through real clients over HTTP. */
export interface World {
  /** What the rows have and the services lacked: custom columns and fields, made for them. */
  readonly made: readonly string[]
  readonly dynamics: DynamicsClient
  readonly activeCampaign: ActiveCampaignClient
  readonly clock: Clock
  calls(): Calls
}

const countRequests = () => {
  const count = { dynamics: 0, activeCampaign: 0 }
  const counter = (service: keyof Calls) => (event: HttpEvent) => {
    if (event.type === 'request') count[service] += 1
  }
  return { calls: (): Calls => ({ ...count }), counter }
}

/** Both simulators inside this process, on a clock that jumps over every wait. */
export const simulatedWorld = (data: LoadData): World => {
  const clock = createVirtualClock()
  const dynamicsSimulator = createDynamicsSimulator({ clock })
  const activeCampaignSimulator = createActiveCampaignSimulator({ clock })
  const made = loadInto({ dynamics: dynamicsSimulator, activeCampaign: activeCampaignSimulator }, data)
  const { calls, counter } = countRequests()
  return {
    made: [
      ...made.columns.map(({ table, name, type }) => `custom column ${table}.${name} (${type})`),
      ...made.fields.map(({ title, type }) => `custom field ${title} (${type})`),
    ],
    clock,
    calls,
    dynamics: createDynamicsClient({
      environmentUrl: dynamicsSimulator.baseUrl,
      credentials: clientCredentials({
        ...dynamicsSimulator.credentials,
        loginUrl: dynamicsSimulator.loginUrl,
      }),
      fetch: dynamicsSimulator.fetch,
      clock,
      onEvent: counter('dynamics'),
    }),
    activeCampaign: createActiveCampaignClient({
      url: activeCampaignSimulator.baseUrl,
      key: activeCampaignSimulator.apiKey,
      fetch: activeCampaignSimulator.fetch,
      clock,
      onEvent: counter('activeCampaign'),
    }),
  }
}

/** What `pnpm simulators` prints. */
const connection = z.object({
  dynamics: z.object({
    baseUrl: z.url(),
    tokenUrl: z.url(),
    tenantId: z.string(),
    clientId: z.string(),
    clientSecret: z.string(),
  }),
  activeCampaign: z.object({ baseUrl: z.url(), apiKey: z.string() }),
  // Theirs may run faster than ours, and their limits with it.
  time: z.object({ startMs: z.number(), beganMs: z.number(), speed: z.number().positive() }).optional(),
})

/** Simulators that listen somewhere on this machine, as the line that `pnpm simulators` prints describes them. */
export const connectedWorld = async (file: string): Promise<World> => {
  const { dynamics, activeCampaign, time } = await readConnection(file)
  const clock = time === undefined ? systemClock : createRunningClock(time.startMs, time)
  const { calls, counter } = countRequests()
  return {
    made: [],
    clock,
    calls,
    dynamics: createDynamicsClient({
      environmentUrl: dynamics.baseUrl,
      credentials: clientCredentials({ ...dynamics, loginUrl: dynamics.tokenUrl }),
      clock,
      onEvent: counter('dynamics'),
    }),
    activeCampaign: createActiveCampaignClient({
      url: activeCampaign.baseUrl,
      key: activeCampaign.apiKey,
      allowAnyHost: true,
      clock,
      onEvent: counter('activeCampaign'),
    }),
  }
}

const readConnection = async (file: string): Promise<z.infer<typeof connection>> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new DataFileError('missing', file, 'cannot be read')
  })
  try {
    return connection.parse(JSON.parse(text))
  } catch {
    throw new DataFileError('shape', file, 'this is not the line that `pnpm simulators` prints')
  }
}
