import { expect, test } from 'vitest'
import type { StateTransaction } from '../src/index.ts'
import { createCompanyWorld } from './support/company-world.ts'
import { createWorld, type TestWorld } from './support/world.ts'

const synced = async (count: number): Promise<TestWorld> => {
  const world = createWorld()
  for (let n = 0; n < count; n += 1)
    world.dynamics.insert('contact', { emailaddress1: `p${n}@example.com`, lastname: 'A' })
  await world.sync.run()
  return world
}

const callsOfRun = async (world: TestWorld) => {
  await world.clock.advance(3_600_000)
  const before = [world.dynamics.calls.total, world.activeCampaign.calls.total] as const
  await world.sync.run()
  return [world.dynamics.calls.total - before[0], world.activeCampaign.calls.total - before[1]]
}

test('a run in which nothing changed makes the same few calls however many records there are', async () => {
  const [small, large] = [await synced(3), await synced(230)]
  // The first runs read the last minutes of the backfill once more: two writes of one second can appear after each other.
  for (const world of [small, large, small, large]) await callsOfRun(world)
  const calls = await callsOfRun(small)
  expect(await callsOfRun(large)).toEqual(calls)
  expect(calls[1]).toBeLessThan(10)
})

test('a run in which nothing changed counts nothing in the state, which would take longer the more there is', async () => {
  const world = await synced(3)
  for (let run = 0; run < 2; run += 1) await callsOfRun(world)
  const counted: string[] = []
  const { state } = world
  const transaction: typeof state.transaction = (tenant, work, options) => {
    const told = (found: StateTransaction): StateTransaction => {
      const { records, links } = found
      const count = (what: string): void => void counted.push(what)
      return {
        ...found,
        records: { ...records, count: (kind) => records.count(kind).finally(() => count(kind.side)) },
        links: { ...links, count: (entity) => links.count(entity).finally(() => count(entity)) },
      }
    }
    return state.transaction(tenant, (found) => work(told(found)), options)
  }
  await world.clock.advance(3_600_000)
  await world.newSync({ state: { ...state, transaction } }).run()
  expect(counted).toEqual([])
})

test('a change after a quiet time is read, however short before the next run', async () => {
  const world = await synced(3)
  await callsOfRun(world)
  await callsOfRun(world)
  const [contact] = world.activeCampaign.contacts()
  world.activeCampaign.updateContact(contact?.id ?? '', { lastName: 'B' })
  await world.sync.run()
  expect(world.dynamics.rows('contact').map(({ lastname }) => lastname)).toContain('B')
})

test('where accounts flow into D365, a run that finds nothing changed lists them all, a call per hundred', async () => {
  const quietCalls = async (count: number) => {
    const world = createCompanyWorld()
    for (let n = 0; n < count; n += 1) world.activeCampaign.insert('accounts', { name: `Company ${n}` })
    await world.sync.run()
    for (let run = 0; run < 2; run += 1) await callsOfRun(world)
    return callsOfRun(world)
  }
  const [dynamics = 0, activeCampaign = 0] = await quietCalls(3)
  expect(await quietCalls(250)).toEqual([dynamics, activeCampaign + 2])
})
