import { expect, test } from 'vitest'
import { createWorld, type TestWorld } from '../support/world.ts'

const cityOf = ({ activeCampaign }: TestWorld): string =>
  activeCampaign.fields().find(({ perstag }) => perstag === 'CITY')?.id ?? ''

/** Contacts of ActiveCampaign with a city, and a first run that stops in the list of the cities, behind so many of them. */
const stoppedInCities = async (count: number, behind: number) => {
  const world = createWorld()
  const fields = { [cityOf(world)]: 'Paris' }
  const ids = Array.from({ length: count }, (_, n) => {
    return world.activeCampaign.insertContact({ email: `person${n}@example.com`, fields }).id
  })
  let pages = 0
  const onBoundary = async (): Promise<void> => {
    const place = await world.state.transaction('default', ({ cursors }) =>
      cursors.get('reading/field-values'),
    )
    if ((place ?? '') !== '') pages += 1
    if (pages * 100 >= behind) await world.clock.sleep(600_000)
  }
  expect(await world.sync.run({ deadlineMs: 500_000, onBoundary })).toMatchObject({ ending: 'deadline' })
  return { world, ids }
}

test('a list of which most is gone before it goes on is read from the front', async () => {
  const { world, ids } = await stoppedInCities(1200, 1000)
  for (const id of ids.slice(0, 800)) world.activeCampaign.removeContact(id)
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
})

test('the place in the values of one field is not that of another', async () => {
  const { world } = await stoppedInCities(400, 200)
  // Now the values of INTERESTS come next, of which there are none.
  world.activeCampaign.update('fields', cityOf(world), { perstag: 'OTHER' })
  world.activeCampaign.faults.each({ kind: 'status', status: 500 }, { url: /fieldValues\?.*offset=[1-9]/ })
  await expect(world.sync.run()).rejects.toMatchObject({ cause: { code: 'missing-field' } })
})
