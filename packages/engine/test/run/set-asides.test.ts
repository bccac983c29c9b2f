import { expect, test } from 'vitest'
import { NotSetAsideError } from '../../src/index.ts'
import { backoffMs } from '../../src/set-aside/backoff.ts'
import { idOf, peopled } from '../support/peopled.ts'
import type { TestWorld } from '../support/world.ts'

/** Everybody has changed in ActiveCampaign, and D365 refuses the row of one of them. */
const refusing = async (count: number, person: number): Promise<TestWorld> => {
  const world = peopled(count)
  await world.sync.run()
  for (const { id } of world.activeCampaign.contacts()) {
    world.activeCampaign.updateContact(id, { firstName: 'Changed' })
  }
  const url = new RegExp(idOf(person))
  world.dynamics.faults.each({ kind: 'status', status: 400 }, { method: 'PATCH', url })
  return world
}

const changed = ({ dynamics }: TestWorld): number =>
  dynamics.rows('contact').filter(({ firstname }) => firstname === 'Changed').length

const name = { side: 'dynamics', entity: 'contacts', id: idOf(2) } as const

test('the pause doubles with each attempt, up to a day', () => {
  expect([1, 2, 3, 4, 11, 12, 500].map((attempts) => backoffMs(attempts) / 60_000)).toEqual([
    1, 2, 4, 8, 1024, 1440, 1440,
  ])
})

test('a record that is refused blocks nobody else, is listed with its error and tried again with growing pauses', async () => {
  const world = await refusing(3, 2)
  const report = await world.sync.run()
  expect(report.entities).toMatchObject({ contacts: { done: 2, failed: 1, setAside: 1 } })
  expect(changed(world)).toBe(2)
  const [entry, ...more] = await Array.fromAsync(world.sync.setAsides.list())
  expect(more).toEqual([])
  expect(entry).toMatchObject({ ...name, attempts: 1, code: expect.any(String) })

  // Not due yet: no call is wasted on it.
  expect((await world.sync.run()).entities).toMatchObject({ contacts: { failed: 0 } })
  await world.clock.sleep(61_000)
  expect((await world.sync.run()).entities).toMatchObject({ contacts: { failed: 1 } })
  expect(await Array.fromAsync(world.sync.setAsides.list())).toMatchObject([
    { attempts: 2, since: entry?.since },
  ])

  world.dynamics.faults.clear()
  await world.clock.sleep(121_000)
  expect((await world.sync.run()).entities).toMatchObject({ contacts: { done: 1 } })
  expect(await Array.fromAsync(world.sync.setAsides.list())).toEqual([])
  expect(changed(world)).toBe(3)
})

test('a record that somebody has changed since it failed is tried at once', async () => {
  const world = await refusing(3, 2)
  await world.sync.run()
  world.dynamics.faults.clear()
  await world.clock.sleep(5_000)
  world.dynamics.update('contact', idOf(2), { jobtitle: 'Cured' })
  expect((await world.sync.run()).entities).toMatchObject({ contacts: { done: 2, failed: 0 } })
  expect(await Array.fromAsync(world.sync.setAsides.list())).toEqual([])
})

test('however wrong the clock of the host is', async () => {
  for (const aheadMs of [-3_600_000, 3_600_000]) {
    const world = await refusing(3, 2)
    const sync = world.newSync({ clock: { ...world.clock, now: () => world.clock.now() + aheadMs } })
    await sync.run()
    // Nobody has changed it: no call is wasted on it.
    expect((await sync.run()).entities).toMatchObject({ contacts: { failed: 0 } })
    world.dynamics.faults.clear()
    await world.clock.sleep(5_000)
    world.dynamics.update('contact', idOf(2), { jobtitle: 'Cured' })
    expect((await sync.run()).entities).toMatchObject({ contacts: { failed: 0 } })
    expect(changed(world)).toBe(3)
    expect(await Array.fromAsync(sync.setAsides.list())).toEqual([])
  }
})

test('the host may have it tried by the next run, or forget that it failed', async () => {
  for (const way of ['retry', 'release'] as const) {
    const world = await refusing(2, 2)
    await world.sync.run()
    world.dynamics.faults.clear()
    await world.sync.setAsides[way](name)
    expect((await world.sync.run()).entities).toMatchObject({ contacts: { done: 1 } })
    expect(await Array.fromAsync(world.sync.setAsides.list())).toEqual([])
  }
})

test('a record that is not set aside is refused, by whichever name', async () => {
  const world = await refusing(2, 2)
  await world.sync.run()
  const { setAsides } = world.sync
  const unknown = { ...name, id: idOf(1) }
  await expect(setAsides.retry(unknown)).rejects.toThrow(NotSetAsideError)
  await expect(setAsides.release(unknown)).rejects.toMatchObject({ code: 'not-set-aside', record: unknown })
  await setAsides.retry({ ...name, id: `{${idOf(2).toUpperCase()}}` })
  await setAsides.release(name)
  await expect(setAsides.release(name)).rejects.toThrow('it is cured')
})
