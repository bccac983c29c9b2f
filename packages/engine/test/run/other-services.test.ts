/** A state knows one environment and one account: with others, every link would look like a deletion. */

import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import { createActiveCampaignSimulator, createDynamicsSimulator } from '@dynacamp/simulators'
import { expect, test } from 'vitest'
import { OtherServicesError, type Sync } from '../../src/index.ts'
import { emails, idOf, peopled } from '../support/peopled.ts'
import type { TestWorld } from '../support/world.ts'

const random = () => 0.5
const otherEnvironment = 'https://sandbox.crm4.dynamics.com'
const otherAccount = 'https://sandbox.api-us1.com'

/** An environment of other rows. */
const otherDynamics = ({ clock }: TestWorld) => {
  const service = createDynamicsSimulator({ clock, baseUrl: otherEnvironment, seed: 2 })
  service.defineColumn('contact', {
    name: 'new_interests',
    type: 'choices',
    options: [{ value: 1, label: 'Cycling' }],
  })
  const { baseUrl: environmentUrl, credentials, loginUrl, fetch } = service
  const signIn = clientCredentials({ ...credentials, loginUrl })
  return {
    service,
    client: createDynamicsClient({ environmentUrl, credentials: signIn, fetch, clock, random }),
  }
}

/** An account of other contacts. */
const otherActiveCampaign = ({ clock }: TestWorld) => {
  const service = createActiveCampaignSimulator({ clock, baseUrl: otherAccount, seed: 2 })
  const { baseUrl: url, apiKey: key, fetch } = service
  return { service, client: createActiveCampaignClient({ url, key, fetch, clock, random }) }
}

/** The same environment under a new URL, which is also in its links from then on. */
const renamed = ({ dynamics, clock }: TestWorld) => {
  const { credentials, loginUrl, baseUrl } = dynamics
  const newUrl = 'https://contoso-eu.crm4.dynamics.com'
  const fetch = async (request: Request): Promise<Response> => {
    const text = await request.text()
    const answer = await dynamics.fetch(
      new Request(request.url.replace(newUrl, baseUrl), {
        method: request.method,
        headers: request.headers,
        ...(text !== '' && {
          body: text.replaceAll(encodeURIComponent(newUrl), encodeURIComponent(baseUrl)),
        }),
      }),
    )
    const { status, headers } = answer
    const body = await answer.text()
    return new Response(body === '' ? null : body.replaceAll(baseUrl, newUrl), { status, headers })
  }
  const signIn = clientCredentials({ ...credentials, loginUrl })
  return createDynamicsClient({ environmentUrl: newUrl, credentials: signIn, fetch, clock, random })
}

const entrances: Readonly<Record<string, (sync: Sync, world: TestWorld) => Promise<unknown>>> = {
  run: (sync) => sync.run(),
  'run in full': (sync) => sync.run({ full: true }),
  runDue: (sync) => sync.runDue(),
  plan: (sync) => sync.plan(),
  apply: async (sync, world) => sync.apply(await world.sync.plan()),
  'a hint': (sync) => sync.runRecord({ side: 'dynamics', entity: 'contacts', id: idOf(1) }),
  why: (sync) => sync.why({ side: 'dynamics', entity: 'contacts', id: idOf(1) }),
  undo: async (sync, world) => {
    const [run] = (await world.sync.health()).runs
    if (run === undefined) throw new TypeError('no run')
    return sync.undo({ runId: run.id })
  },
}

test.each(Object.entries(entrances))(
  '%s refuses a state of other services before any call',
  async (entrance, enter) => {
    const world = peopled(3)
    await world.sync.run()
    const environment = otherDynamics(world)
    const account = otherActiveCampaign(world)
    const { dynamics, activeCampaign } = world.clients
    const known = { dynamics: dynamics.environmentUrl, activeCampaign: activeCampaign.url }
    const others = [
      { dynamics: environment.client, activeCampaign },
      { dynamics, activeCampaign: account.client },
      { dynamics: environment.client, activeCampaign: account.client },
    ]
    for (const clients of others) {
      const requests = () => clients.dynamics.requestsSent + clients.activeCampaign.requestsSent
      const sync = world.newSync(clients)
      const before = requests()
      const error: unknown = await enter(sync, world).catch((thrown: unknown) => thrown)
      if (!(error instanceof OtherServicesError)) throw new TypeError(`not refused: ${String(error)}`)
      const given = { dynamics: clients.dynamics.environmentUrl, activeCampaign: clients.activeCampaign.url }
      expect(error).toMatchObject({ code: 'other-services', known, given })
      for (const url of [...Object.values(known), ...Object.values(given)])
        expect(error.message).toContain(url)
      // `apply` had the right sync make a plan.
      if (entrance !== 'apply') expect(requests()).toBe(before)
    }
    expect(environment.service.calls.total + account.service.calls.total).toBe(0)
    expect(await world.sync.run()).toMatchObject({ ending: 'completed', entities: { contacts: { done: 0 } } })
    expect(emails(world)).toHaveLength(3)
  },
)

test('a hint of other services is not written down, not even while a run goes on', async () => {
  const world = peopled(1)
  await world.sync.run()
  const lease = await world.state.leases.acquire('default', {
    holder: 'a',
    ttlMs: 9_000,
    nowMs: world.clock.now(),
  })
  if (lease === null) throw new TypeError('no lease')
  const sandbox = world.newSync({ dynamics: otherDynamics(world).client })
  const record = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const
  await expect(sandbox.runRecord(record)).rejects.toThrow(OtherServicesError)
  expect(await world.state.transaction('default', ({ hints }) => hints.count())).toBe(0)
})

test('a state of a version that did not ask belongs to the first services it is used with', async () => {
  const world = peopled(2)
  await world.sync.run()
  await world.state.transaction('default', async ({ cursors }) => {
    expect(await cursors.get('services')).not.toBeNull()
    await cursors.set('services', '')
  })
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  await expect(world.newSync({ dynamics: otherDynamics(world).client }).run()).rejects.toThrow(
    OtherServicesError,
  )
})

test('each tenant of a store has services of its own', async () => {
  const world = peopled(2)
  await world.sync.run()
  const clients = { dynamics: otherDynamics(world).client, activeCampaign: world.clients.activeCampaign }
  expect(await world.newSync({ ...clients, tenant: 'sandbox' }).plan()).toMatchObject({ conflicts: [] })
})

test.each([false, true])(
  'an environment with a new URL is the same once somebody says so (reading begun: %s)',
  async (begun) => {
    const world = peopled(6, { pageLimit: 2 })
    await world.sync.run()
    if (begun)
      expect(await world.sync.run({ full: true, deadlineMs: 0 })).toMatchObject({ ending: 'deadline' })
    world.dynamics.update('contact', idOf(2), { lastname: 'Changed' })
    const sync = world.newSync({ dynamics: renamed(world) })
    await expect(sync.run()).rejects.toThrow(OtherServicesError)
    await sync.acceptServices()
    expect(await sync.run()).toMatchObject({ ending: 'completed', entities: { contacts: { done: 1 } } })
    expect(world.activeCampaign.contacts().map(({ lastName }) => lastName)).toContain('Changed')
    expect(emails(world)).toHaveLength(6)
    await expect(world.sync.run()).rejects.toThrow(OtherServicesError)
    world.dynamics.update('contact', idOf(3), { lastname: 'Changed, too' })
    expect(await sync.run()).toMatchObject({ ending: 'completed', entities: { contacts: { done: 1 } } })
  },
)
