import { describe, expect, test } from 'vitest'
import { createWorld, syncOnce, type TestWorld } from './support/world.ts'

const idOf = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`

/** Rows with their contacts, in sync, of whom everybody then changes in ActiveCampaign. */
const changed = async (count: number): Promise<TestWorld> => {
  const world = createWorld()
  for (let n = 0; n < count; n += 1) {
    world.dynamics.insert('contact', {
      contactid: idOf(n),
      emailaddress1: `p${n}@example.com`,
      lastname: 'A',
    })
    world.activeCampaign.insertContact({ email: `p${n}@example.com`, lastName: 'A' })
  }
  await syncOnce(world.sync)
  for (let n = 0; n < count; n += 1) world.activeCampaign.updateContact(n + 1, { lastName: 'B' })
  return world
}

const lastNames = ({ dynamics }: TestWorld) => dynamics.rows('contact').map(({ lastname }) => lastname)
const batchCalls = ({ dynamics }: TestWorld): number => dynamics.calls.byOperation.$batch ?? 0
const failures = (outcomes: readonly { readonly status: string }[]) =>
  outcomes.filter(({ status }) => status !== 'done')

test('ten rows and more are written in batches, fewer one by one', async () => {
  for (const [count, batches] of [
    [9, 0],
    [10, 1],
    [60, 2],
  ] as const) {
    const world = await changed(count)
    const { plan, report } = await syncOnce(world.sync)
    expect(failures(report.outcomes)).toEqual([])
    expect([plan.cost.batches.calls, batchCalls(world)]).toEqual([batches, batches])
    expect(lastNames(world)).toEqual(Array(count).fill('B'))
    expect((await world.sync.plan()).actions).toEqual([])
  }
})

test('contacts become rows in batches, without a look at each, and never twice', async () => {
  const world = createWorld()
  for (let n = 0; n < 12; n += 1) {
    world.activeCampaign.insertContact({ email: `p${n}@example.com`, tags: ['[D365: Contact]'] })
  }
  const plan = await world.sync.plan()
  world.dynamics.faults.next({ kind: 'cut', when: 'after' }, { operation: '$batch' })
  const { outcomes } = await world.sync.apply(plan)
  // The client repeats a batch of creations, as each has its own GUID: they are found to be there.
  expect(failures(outcomes)).toEqual([])
  expect(world.dynamics.rows('contact')).toHaveLength(12)
  expect((await world.sync.plan()).actions).toEqual([])
})

describe('each row of a batch has its own fate', () => {
  test('one that changed in this moment is left alone, the others are written', async () => {
    const world = await changed(12)
    const plan = await world.sync.plan()
    const edit = () => world.dynamics.update('contact', idOf(4), { lastname: 'Mine' })
    world.dynamics.faults.next({ kind: 'meanwhile', run: edit }, { operation: '$batch' })
    const { outcomes } = await world.sync.apply(plan)
    expect(failures(outcomes)).toMatchObject([{ status: 'stale', code: 'row-changed' }])
    expect(lastNames(world)).toEqual(Array.from({ length: 12 }, (_, n) => (n === 4 ? 'Mine' : 'B')))
  })

  test('one that is deleted in this moment is gone, the others are written', async () => {
    const world = await changed(12)
    const plan = await world.sync.plan()
    const remove = () => world.dynamics.remove('contact', idOf(4))
    world.dynamics.faults.next({ kind: 'meanwhile', run: remove }, { operation: '$batch' })
    const { outcomes } = await world.sync.apply(plan)
    expect(failures(outcomes)).toMatchObject([{ status: 'stale', code: 'row-gone' }])
    expect(lastNames(world)).toEqual(Array(11).fill('B'))
  })
})

describe('a batch that fails as a whole', () => {
  for (const when of ['before', 'after'] as const) {
    test(`because its answer is lost ${when} it took effect is found out by reading, not repeated`, async () => {
      const world = await changed(12)
      const plan = await world.sync.plan()
      world.dynamics.faults.next({ kind: 'cut', when }, { operation: '$batch' })
      const { outcomes } = await world.sync.apply(plan)
      expect(outcomes.map(({ status, remedy }) => [status, remedy])).toEqual(
        Array(12).fill(['unknown', 'retry']),
      )
      expect(batchCalls(world)).toBe(1)
      const { plan: second } = await syncOnce(world.sync)
      const kinds = [...new Set(second.actions.map(({ kind }) => kind))]
      expect(kinds).toEqual([when === 'before' ? 'update-dynamics-record' : 'link-records'])
      expect(lastNames(world)).toEqual(Array(12).fill('B'))
      expect((await world.sync.plan()).actions).toEqual([])
    })
  }

  test('is halved until each row has an answer of its own', async () => {
    const world = await changed(40)
    const plan = await world.sync.plan()
    world.dynamics.faults.each({ kind: 'status', status: 400 }, { operation: '$batch' })
    const { outcomes } = await world.sync.apply(plan)
    expect(failures(outcomes)).toEqual([])
    expect(lastNames(world)).toEqual(Array(40).fill('B'))
  })

  test('for a missing permission stops the run', async () => {
    const world = await changed(70)
    const plan = await world.sync.plan()
    world.dynamics.faults.each(
      {
        kind: 'rewrite',
        change: (answer) => ({
          ...answer,
          status: 403,
          headers: {},
          body: '{"error":{"code":"0x80042f09","message":"The user has not been assigned any roles."}}',
        }),
      },
      { operation: '$batch' },
    )
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.filter(({ remedy }) => remedy === 'stop')).toHaveLength(50)
    expect(outcomes.filter(({ code }) => code === 'run-stopped')).toHaveLength(20)
    expect(batchCalls(world)).toBe(1)
  })
})
