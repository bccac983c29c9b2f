import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { GuardTrippedError } from '../../src/index.ts'
import { idOf, peopled } from '../support/peopled.ts'
import { schema } from '../support/world.ts'

const row = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const

test('one record is read, planned and applied at once, and nothing else is', async () => {
  const world = peopled(3)
  await world.sync.run()
  world.dynamics.update('contact', idOf(1), { lastname: 'Quick' })
  world.dynamics.update('contact', idOf(2), { lastname: 'Later' })
  const report = await world.sync.runRecord(row)
  expect(report).toMatchObject({ status: 'synced', synced: [{ outcomes: [{ status: 'done' }] }] })
  const names = () => world.activeCampaign.contacts().map(({ lastName }) => lastName)
  expect(names()).toContain('Quick')
  expect(names()).not.toContain('Later')
  const again = await world.sync.runRecord(row)
  expect(again.synced.flatMap(({ outcomes }) => outcomes)).toEqual([])
  await world.sync.run()
  expect(names()).toContain('Later')
})

test('from the other side, too; and one that is gone is known to be gone', async () => {
  const world = peopled(2)
  await world.sync.run()
  const [contact] = world.activeCampaign.contacts()
  const id = contact?.id ?? ''
  world.activeCampaign.updateContact(id, { lastName: 'There' })
  await world.sync.runRecord({ side: 'activeCampaign', entity: 'contacts', id })
  expect(world.dynamics.rows('contact').map(({ lastname }) => lastname)).toContain('There')
  world.activeCampaign.removeContact(id)
  await world.sync.runRecord({ side: 'activeCampaign', entity: 'contacts', id })
  expect(await world.sync.why({ side: 'activeCampaign', entity: 'contacts', id })).toContainEqual(
    expect.stringContaining('Deleted in ActiveCampaign'),
  )
})

test('before the initial sync it waits; while a run goes on, that run takes it before its next batch', async () => {
  const world = peopled(600)
  expect(await world.sync.runRecord(row)).toMatchObject({ status: 'queued' })
  await world.sync.run()
  expect((await world.sync.health()).hints).toBe(0)
  for (let index = 1; index <= 600; index += 1) {
    world.dynamics.update('contact', idOf(index), { lastname: 'Everybody' })
  }
  const last = { side: 'dynamics', entity: 'contacts', id: idOf(600) } as const
  const everybody = () => world.activeCampaign.contacts().filter(({ lastName }) => lastName === 'Everybody')
  const seen: { readonly hinted: boolean; readonly others: number }[] = []
  const onBoundary = async () => {
    if (seen.length === 0) expect(await world.newSync().runRecord(last)).toMatchObject({ status: 'queued' })
    const changed = everybody().map(({ email }) => email)
    seen.push({ hinted: changed.includes('person600@example.com'), others: changed.length })
  }
  await world.sync.run({ onBoundary })
  expect(everybody()).toHaveLength(600)
  // It was done before the second batch, in which it would have had its turn.
  expect(seen.filter(({ hinted, others }) => hinted && others < 600)).not.toEqual([])
})

test('many hints of deleted rows get by no guard: deletes that have a limit are left to the run', async () => {
  const fields = [...standardMappings.contacts]
  const definition = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields, deleted: { inDynamics: 'delete' } },
    guards: { maxDeletes: 2 },
  })
  const world = peopled(6, { definition })
  await world.sync.run()
  const remove = async (index: number): Promise<void> => {
    world.dynamics.remove('contact', idOf(index))
    await world.sync.runRecord({ ...row, id: idOf(index) })
  }
  await remove(1)
  expect(world.activeCampaign.contacts()).toHaveLength(6)
  await world.sync.run()
  expect(world.activeCampaign.contacts()).toHaveLength(5)
  for (const index of [2, 3, 4]) await remove(index)
  await expect(world.sync.run()).rejects.toThrow(GuardTrippedError)
  expect(world.activeCampaign.contacts()).toHaveLength(5)
})

test('a hint that names what can be no row, taken while a run goes on, ends no run', async () => {
  const world = peopled(600)
  await world.sync.run()
  world.dynamics.update('contact', idOf(1), { lastname: 'Changed' })
  let hinted = false
  const onBoundary = async () => {
    if (hinted) return
    hinted = true
    expect(await world.newSync().runRecord({ ...row, id: 'no-row' })).toMatchObject({ status: 'queued' })
  }
  expect(await world.sync.run({ onBoundary })).toMatchObject({ ending: 'completed' })
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect((await world.sync.health()).hints).toBe(0)
})
