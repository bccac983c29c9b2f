import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { defineSync, map, type SyncDefinition, standardMappings } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asyncLaw } from './support/law.ts'
import { idOf, peopled } from './support/peopled.ts'
import { schema, syncOnce, type TestWorld } from './support/world.ts'

const definitionOf = (automations: SyncDefinition['initialSync']['automations']): SyncDefinition =>
  defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      fields: [...standardMappings.contacts, map('jobtitle', 'POSITION', { direction: 'outbound' })],
    },
    initialSync: { automations },
  })

/** A sync whose requests to ActiveCampaign that write contacts are listened to. */
const heard = (world: TestWorld, definition: SyncDefinition) => {
  const requests: { readonly path: string; readonly heldBack: unknown }[] = []
  const activeCampaign = createActiveCampaignClient({
    url: world.activeCampaign.baseUrl,
    key: world.activeCampaign.apiKey,
    clock: world.clock,
    random: () => 0.5,
    fetch: async (request) => {
      const path = new URL(request.url).pathname.replace('/api/3/', '')
      if (request.method !== 'GET') {
        const body: unknown = await request.clone().json()
        const heldBack =
          typeof body === 'object' && body !== null && 'exclude_automations' in body
            ? body.exclude_automations
            : false
        requests.push({ path, heldBack })
      }
      return world.activeCampaign.fetch(request)
    },
  })
  return { sync: world.newSync({ definition, activeCampaign }), requests }
}

/** An initial sync that is over, whose import failed and may be tried again by now; somebody came since. */
const failedAtFirst = async (count: number) => {
  const world = peopled(count)
  const { sync, requests } = heard(world, definitionOf('holdBack'))
  world.activeCampaign.faults.each({ kind: 'status', status: 400 }, { operation: 'import.start' })
  await sync.run()
  expect(await sync.health()).toMatchObject({ initialSyncDone: true })
  world.activeCampaign.faults.clear()
  await world.clock.sleep(61_000)
  world.dynamics.insert('contact', { contactid: idOf(900), emailaddress1: 'later@example.com' })
  requests.length = 0
  return { sync, requests }
}

const held = { path: 'import/bulk_import', heldBack: true }
const started = { path: 'import/bulk_import', heldBack: false }
const single = { path: 'contacts', heldBack: false }

describe('the initial sync', () => {
  for (const count of [1, 3, 12]) {
    test(`holds automations back for ${count} contacts, however few they are, and a later sync does not`, async () => {
      const world = peopled(count)
      const { sync, requests } = heard(world, definitionOf('holdBack'))
      const { report } = await syncOnce(sync)
      expect(new Set(report.outcomes.map(({ status }) => status))).toEqual(new Set(['done']))
      expect(requests).toEqual([held])
      requests.length = 0
      world.dynamics.insert('contact', { contactid: idOf(900), emailaddress1: 'later@example.com' })
      expect(await sync.run()).toMatchObject({ initial: false, entities: { contacts: { done: 1 } } })
      expect(requests).toEqual([single])
      expect(world.activeCampaign.contacts()).toHaveLength(count + 1)
    })
  }

  test('starts them where the definition says so, by the ways of any other run', async () => {
    const few = peopled(3)
    const ofFew = heard(few, definitionOf('start'))
    expect(await ofFew.sync.run()).toMatchObject({ initial: true, entities: { contacts: { done: 3 } } })
    expect(ofFew.requests).toEqual([single, single, single])
    const many = peopled(12)
    const ofMany = heard(many, definitionOf('start'))
    await ofMany.sync.run()
    expect(ofMany.requests).toEqual([started])
  })

  test('holds them back for contacts that it changes, too', async () => {
    const world = peopled(2)
    world.activeCampaign.insertContact({ email: 'person1@example.com', firstName: 'Pat' })
    const { sync, requests } = heard(world, definitionOf('holdBack'))
    await sync.run()
    // One makes a contact. The other one waits for the link of the contact that it changes.
    expect(requests).toEqual([held, held])
    expect(world.activeCampaign.contacts().map(({ lastName }) => lastName)).toEqual(['Number 1', 'Number 2'])
    expect((await sync.plan()).actions).toEqual([])
  })

  test('has no other way for a contact that import refuses: it is set aside, and the others are not', async () => {
    const world = peopled(5)
    world.dynamics.update('contact', idOf(4), { emailaddress1: 'jörg@example.com' })
    const { sync, requests } = heard(world, definitionOf('holdBack'))
    await sync.run()
    expect(requests.every(({ path, heldBack }) => path === held.path && heldBack === true)).toBe(true)
    expect(world.activeCampaign.contacts()).toHaveLength(4)
    const setAsides = await Array.fromAsync(sync.setAsides.list())
    expect(setAsides).toMatchObject([{ id: idOf(4), code: 'import-rejected' }])
  })

  test('that is refused without a reason is halved down to each contact, and creates none alone', async () => {
    const world = peopled(5)
    const { sync, requests } = heard(world, definitionOf('holdBack'))
    const plan = await sync.plan()
    world.activeCampaign.faults.each({ kind: 'status', status: 400 }, { operation: 'import.start' })
    const { outcomes } = await sync.apply(plan)
    expect(outcomes.map(({ status, remedy }) => [status, remedy])).toEqual(Array(5).fill(['failed', 'hold']))
    expect(new Set(requests.map(({ path }) => path))).toEqual(new Set([held.path]))
    world.activeCampaign.faults.clear()
    for (const { id } of await Array.fromAsync(sync.setAsides.list())) {
      await sync.setAsides.retry({ side: 'dynamics', entity: 'contacts', id })
    }
    await sync.run()
    expect(world.activeCampaign.contacts()).toHaveLength(5)
  })
})

describe('the initial sync goes on', () => {
  test('when an applied plan came to nothing, and holds automations back until nothing is left', async () => {
    const world = peopled(12)
    const { sync, requests } = heard(world, definitionOf('holdBack'))
    const plan = await sync.plan()
    world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { operation: 'import.start' })
    const { outcomes } = await sync.apply(plan)
    expect(outcomes.filter(({ status }) => status === 'done')).toEqual([])
    expect(await sync.health()).toMatchObject({ initialSyncDone: false })
    world.activeCampaign.faults.clear()
    requests.length = 0
    expect(await sync.run()).toMatchObject({ initial: true, entities: { contacts: { done: 12 } } })
    expect(requests).toEqual([held])
    expect(await sync.health()).toMatchObject({ initialSyncDone: true })
  })

  test('after a plan that takes nothing back', async () => {
    const world = peopled(3)
    const { sync, requests } = heard(world, definitionOf('holdBack'))
    const plan = await sync.plan()
    world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { operation: 'import.start' })
    await sync.apply(plan)
    world.activeCampaign.faults.clear()
    await sync.apply(await sync.undo({ planId: plan.id }))
    expect(await sync.health()).toMatchObject({ initialSyncDone: false })
    requests.length = 0
    expect(await sync.run()).toMatchObject({ initial: true, entities: { contacts: { done: 3 } } })
    expect(requests).toEqual([held])
  })

  test('for what failed in it, whenever that is tried again', async () => {
    const { sync, requests } = await failedAtFirst(12)
    expect(await sync.run()).toMatchObject({ initial: false, entities: { contacts: { done: 13 } } })
    expect(requests).toHaveLength(2)
    expect(requests).toEqual(expect.arrayContaining([held, single]))
  })

  test('for what failed in it, whether a hint or a plan has it tried again', async () => {
    for (const way of ['record', 'plan'] as const) {
      const { sync, requests } = await failedAtFirst(3)
      if (way === 'plan') {
        const { report } = await syncOnce(sync)
        expect(report.outcomes.map(({ status }) => status)).toEqual(Array(4).fill('done'))
        expect(requests).toHaveLength(2)
        expect(requests).toEqual(expect.arrayContaining([held, single]))
      } else {
        await sync.runRecord({ side: 'dynamics', entity: 'contacts', id: idOf(1) })
        expect(requests).toEqual([held])
        await sync.runRecord({ side: 'dynamics', entity: 'contacts', id: idOf(900) })
        expect(requests).toEqual([held, single])
      }
    }
  })

  test('for each entity by itself: leads that come into the definition later are not new people', async () => {
    const fields = { contacts: [...standardMappings.contacts], leads: [...standardMappings.leads] }
    const contacts = { direction: 'outbound', fields: fields.contacts } as const
    const world = peopled(2)
    const only = heard(world, defineSync(schema, { contacts }))
    await only.sync.run()
    for (const index of [1, 2, 3])
      world.dynamics.insert('lead', { leadid: idOf(index), emailaddress1: `lead${index}@example.com` })
    const leads = { direction: 'outbound', fields: fields.leads } as const
    const both = heard(world, defineSync(schema, { contacts, leads }))
    await world.clock.sleep(5_000)
    world.dynamics.insert('contact', { contactid: idOf(900), emailaddress1: 'later@example.com' })
    expect(await both.sync.health()).toMatchObject({ initialSyncDone: false })
    expect(await both.sync.run()).toMatchObject({
      initial: true,
      entities: { contacts: { done: 1 }, leads: { done: 3 } },
    })
    expect(both.requests).toEqual([single, held])
    expect(await both.sync.run()).toMatchObject({ initial: false })
  })

  test('for one entity, in a plan that has contacts of another one, too', async () => {
    const contacts = { direction: 'outbound', fields: [...standardMappings.contacts] } as const
    const leads = { direction: 'outbound', fields: [...standardMappings.leads] } as const
    const world = peopled(2)
    await heard(world, defineSync(schema, { contacts })).sync.run()
    world.dynamics.insert('lead', { leadid: idOf(1), emailaddress1: 'lead1@example.com' })
    world.dynamics.insert('contact', { contactid: idOf(900), emailaddress1: 'later@example.com' })
    const { sync, requests } = heard(world, defineSync(schema, { contacts, leads }))
    const { plan } = await syncOnce(sync)
    expect(requests).toHaveLength(2)
    expect(requests).toEqual(expect.arrayContaining([held, single]))
    expect(plan.cost.leastCalls.activeCampaign).toBe(2)
    expect(await sync.health()).toMatchObject({ initialSyncDone: true })
  })
})

test('law: the plan of an initial sync says the calls that applying it makes', async () => {
  const shape = fc.record({
    count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 9, max: 12 })),
    automations: fc.constantFrom('holdBack', 'start'),
  })
  await asyncLaw(
    shape,
    async ({ count, automations }) => {
      const { sync, requests } = heard(peopled(count), definitionOf(automations))
      const { plan } = await syncOnce(sync)
      expect(plan.cost.leastCalls.activeCampaign).toBe(requests.length)
    },
    10,
  )
})
