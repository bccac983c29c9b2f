import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'

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
