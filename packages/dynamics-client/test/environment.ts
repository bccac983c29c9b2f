import {
  createDynamicsSimulator,
  createVirtualClock,
  type DynamicsSimulatorOptions,
} from '@dynacamp/simulators'
import { clientCredentials, createDynamicsClient, type DynamicsClientOptions } from '../src/index.ts'

/** A simulated environment in virtual time, and a client that is signed in to it as an application. */
export const createEnvironment = (
  simulated: Omit<DynamicsSimulatorOptions, 'clock'> = {},
  options: Partial<DynamicsClientOptions> = {},
) => {
  const clock = createVirtualClock()
  const simulator = createDynamicsSimulator({ ...simulated, clock })
  const client = createDynamicsClient({
    environmentUrl: simulator.baseUrl,
    credentials: clientCredentials({ ...simulator.credentials, loginUrl: simulator.loginUrl }),
    fetch: simulator.fetch,
    clock,
    random: () => 0.5,
    ...options,
  })
  return { client, simulator, clock }
}

/** Ids that are the same in every run. */
export const guidOf = (index: number): string =>
  `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** What a promise is rejected with. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('should have been refused')
    },
    (error: unknown) => error,
  )
