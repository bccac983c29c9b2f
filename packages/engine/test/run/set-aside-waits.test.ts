import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'

test('a record that is set aside, and waits for another one, keeps its count of failures', async () => {
  const world = peopled(2)
  await world.sync.run()
  const [first, second] = world.activeCampaign.contacts()
  const { faults } = world.activeCampaign
  const address = (person: number, emailaddress1: string) =>
    world.dynamics.update('contact', idOf(person), { emailaddress1 })
  const refuse = (id = '') => {
    faults.clear()
    faults.each({ kind: 'status', status: 422 }, { method: 'PUT', url: new RegExp(`/contacts/${id}$`) })
  }
  const setAsides = () => Array.fromAsync(world.sync.setAsides.list())

  refuse(first?.id)
  address(1, 'new1@example.com')
  await world.sync.run()
  await world.clock.sleep(61_000)
  await world.sync.run()
  const before = await setAsides()
  expect(before).toMatchObject([{ id: idOf(1), attempts: 2 }])

  // The address that it is to get now is not free before the second one has another one.
  refuse(second?.id)
  address(1, 'person2@example.com')
  address(2, 'new2@example.com')
  const { entities } = await world.sync.run()
  expect(entities).toMatchObject({ contacts: { done: 0, failed: 1 } })
  expect(await setAsides()).toMatchObject([before[0], { id: idOf(2), attempts: 1 }])

  refuse(first?.id)
  await world.clock.sleep(61_000)
  await world.sync.run()
  expect(await setAsides()).toMatchObject([{ id: idOf(1), attempts: 3, since: before[0]?.since }])
  faults.clear()
  await world.clock.sleep(600_000)
  await world.sync.run()
  expect(await setAsides()).toEqual([])
  expect(world.activeCampaign.contacts().map(({ email }) => email)).toEqual([
    'person2@example.com',
    'new2@example.com',
  ])
})
