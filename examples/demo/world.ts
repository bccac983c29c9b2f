import { readFile } from 'node:fs/promises'
import { type ActiveCampaignClient, createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient, type DynamicsClient } from '@dynacamp/dynamics-client'
import { type Clock, systemClock } from '@dynacamp/http'
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
import { createMortal, isWrite, type Mortal } from './mortal.ts'
import { openNewsletter } from './newsletter.ts'

/** Something counted for each service. */
export interface Calls {
  readonly dynamics: number
  readonly activeCampaign: number
}

/** What arrived at the services. */
interface Arrived {
  readonly calls: Calls
  /** Those of the calls that write. */
  readonly writes: number
}

/** Clients of both services, and the clock they wait by. */
export interface Clients {
  readonly dynamics: DynamicsClient
  readonly activeCampaign: ActiveCampaignClient
  readonly clock: Clock
}

/** Two services, reached through real clients over HTTP. */
export interface World extends Clients {
  /** What the rows have and the services lacked: custom columns and fields, made for them. */
  readonly made: readonly string[]
  /** The clients of a process that is killed; undefined where a real one can be. */
  readonly mortal: ((lastWrite: number) => Clients & { readonly died: Promise<string> }) | undefined
  arrived(): Arrived
}

const countRequests = () => {
  const count = { dynamics: 0, activeCampaign: 0, writes: 0 }
  return {
    arrived: (): Arrived => ({
      calls: { dynamics: count.dynamics, activeCampaign: count.activeCampaign },
      writes: count.writes,
    }),
    counted:
      (service: keyof Calls, fetch: (request: Request) => Promise<Response>) =>
      (request: Request): Promise<Response> => {
        count[service] += 1
        if (isWrite(request)) count.writes += 1
        return fetch(request)
      },
  }
}

/** Both simulators inside this process, on a clock that jumps over every wait. */
export const simulatedWorld = (data: LoadData): World => {
  const clock = createVirtualClock()
  const dynamicsSimulator = createDynamicsSimulator({ clock })
  const activeCampaignSimulator = createActiveCampaignSimulator({ clock })
  const made = loadInto({ dynamics: dynamicsSimulator, activeCampaign: activeCampaignSimulator }, data)
  openNewsletter(activeCampaignSimulator)
  const { arrived, counted } = countRequests()
  const clients = ({ clock, through }: Pick<Mortal, 'clock' | 'through'>): Clients => ({
    clock,
    dynamics: createDynamicsClient({
      environmentUrl: dynamicsSimulator.baseUrl,
      credentials: clientCredentials({
        ...dynamicsSimulator.credentials,
        loginUrl: dynamicsSimulator.loginUrl,
      }),
      fetch: through(counted('dynamics', dynamicsSimulator.fetch)),
      clock,
    }),
    activeCampaign: createActiveCampaignClient({
      url: activeCampaignSimulator.baseUrl,
      key: activeCampaignSimulator.apiKey,
      fetch: through(counted('activeCampaign', activeCampaignSimulator.fetch)),
      clock,
    }),
  })
  return {
    ...clients({ clock, through: (fetch) => fetch }),
    made: [
      ...made.columns.map(({ table, name, type }) => `custom column ${table}.${name} (${type})`),
      ...made.fields.map(({ title, type }) => `custom field ${title} (${type})`),
    ],
    arrived,
    mortal: (lastWrite) => {
      const mortal = createMortal(clock, lastWrite)
      return { ...clients(mortal), died: mortal.died }
    },
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
  const { arrived, counted } = countRequests()
  return {
    made: [],
    mortal: undefined,
    clock,
    arrived,
    dynamics: createDynamicsClient({
      environmentUrl: dynamics.baseUrl,
      credentials: clientCredentials({ ...dynamics, loginUrl: dynamics.tokenUrl }),
      fetch: counted('dynamics', fetch),
      clock,
    }),
    activeCampaign: createActiveCampaignClient({
      url: activeCampaign.baseUrl,
      key: activeCampaign.apiKey,
      allowAnyHost: true,
      fetch: counted('activeCampaign', fetch),
      clock,
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
