/**
 * When what the host asked for has ended, well or not, no call of it is on its way or comes later: the host may close its store, and
 * somebody else may have the tenant by then. Each call of each entrance is refused once, over HTTP.
 */
import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { pullSchema, type Sync } from '../../src/index.ts'
import { idOf, peopled } from '../support/peopled.ts'
import { createWorld, schema, type TestWorld } from '../support/world.ts'

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [
      ...standardMappings.contacts,
      map('jobtitle', 'POSITION', { direction: 'outbound' }),
      map('address1_city', 'CITY'),
      map('new_interests', 'INTERESTS'),
    ],
  },
  optOut: { direction: 'bidirectional', lists: 'all' },
})

/** Linked people, some of whom changed, opted out or left the list since. */
const changedWorld = async () => {
  const world = peopled(6, { definition })
  const { activeCampaign, clock, dynamics, sync } = world
  const list = String(activeCampaign.insert('lists', { name: 'News', stringid: 'news' }).id)
  await sync.run()
  const join = (contact: string) => activeCampaign.insert('contactLists', { contact, list, status: '1' })
  const memberships = activeCampaign.contacts().map(({ id }) => join(id))
  // So many that those of a few contacts are read contact by contact.
  for (let n = 0; n < 300; n += 1) join(String(1000 + n))
  // A reading looks back a little behind the last change: from here on at these few only.
  await clock.advance(3_600_000)
  activeCampaign.updateContact(1, { lastName: 'Changed' })
  await sync.run()
  await clock.advance(3_600_000)
  for (const n of [1, 2, 3]) {
    activeCampaign.updateContact(n, { firstName: 'Changed' })
    dynamics.update('contact', idOf(n), { jobtitle: 'Changed' })
    dynamics.update('contact', idOf(n + 3), { donotbulkemail: true })
  }
  for (const { id } of memberships.slice(0, 3))
    activeCampaign.update('contactLists', String(id), { status: '2' })
  return world
}

/** Clients whose calls are counted; this one of them is refused at once, the others take a while. */
const countedClients = ({ clock, dynamics, activeCampaign }: TestWorld, refused: number) => {
  const calls = { sent: 0, open: 0 }
  const counted =
    (service: TestWorld['dynamics'] | TestWorld['activeCampaign']) =>
    async (request: Request): Promise<Response> => {
      const number = calls.sent
      calls.sent += 1
      calls.open += 1
      try {
        if (number === refused) return new Response('{}', { status: 400 })
        await clock.sleep(50, request.signal)
        return await service.fetch(request)
      } finally {
        calls.open -= 1
      }
    }
  const clients = {
    dynamics: createDynamicsClient({
      environmentUrl: dynamics.baseUrl,
      credentials: clientCredentials({ ...dynamics.credentials, loginUrl: dynamics.loginUrl }),
      fetch: counted(dynamics),
      clock,
      random: () => 0.5,
    }),
    activeCampaign: createActiveCampaignClient({
      url: activeCampaign.baseUrl,
      key: activeCampaign.apiKey,
      fetch: counted(activeCampaign),
      clock,
      random: () => 0.5,
    }),
  }
  return { clients, calls }
}

type Clients = ReturnType<typeof countedClients>['clients']

interface Entrance {
  readonly prepare: () => Promise<TestWorld>
  readonly ask: (sync: Sync, clients: Clients) => Promise<unknown>
}

const entrances: Readonly<Record<string, Entrance>> = {
  run: { prepare: changedWorld, ask: (sync) => sync.run() },
  pullSchema: {
    prepare: async () => createWorld(),
    ask: (_, clients) => pullSchema({ ...clients, tables: ['contacts'] }),
  },
}

test.each(Object.entries(entrances))(
  'no call comes after the end of %s',
  { timeout: 120_000 },
  async (_, { prepare, ask }) => {
    const late: string[] = []
    let rejections = 0
    for (let refused = 0, isMore = true; isMore; refused += 1) {
      const world = await prepare()
      const { clients, calls } = countedClients(world, refused)
      await ask(world.newSync(clients), clients).catch(() => {
        rejections += 1
      })
      const { sent, open } = calls
      await world.clock.advance(60_000)
      if (open > 0) late.push(`Call ${refused} refused: ${open} are on their way.`)
      if (calls.sent > sent) late.push(`Call ${refused} refused: ${calls.sent - sent} are sent later.`)
      isMore = sent > refused
    }
    expect(rejections).toBeGreaterThan(0)
    expect(late).toEqual([])
  },
)
