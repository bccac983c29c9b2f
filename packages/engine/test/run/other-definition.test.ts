import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import type { ProgressEvent } from '../../src/index.ts'
import { idOf, peopled } from '../support/peopled.ts'
import { schema, type TestWorld } from '../support/world.ts'

const narrow = defineSync(schema, {
  contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
})
const wide = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [
      ...standardMappings.contacts,
      map('address1_city', 'CITY', { conflict: 'dynamicsWins', blank: 'clear' }),
    ],
  },
})

const cityOf = ({ activeCampaign }: TestWorld): string =>
  activeCampaign.fields().find(({ perstag }) => perstag === 'CITY')?.id ?? ''

const citiesOf = ({ dynamics, activeCampaign }: TestWorld) => [
  dynamics.rows('contact').map((row) => row.address1_city),
  activeCampaign.contacts().map(({ fields }) => fields.CITY),
]

test('what was read before a deadline is not planned by a definition that is new since', async () => {
  const world = peopled(1, { definition: narrow })
  world.dynamics.update('contact', idOf(1), { address1_city: 'Graz' })
  // Their last names differ and were never in sync: held, and looked at by each run.
  world.activeCampaign.insertContact({
    email: 'person1@example.com',
    firstName: 'Pat',
    lastName: 'Other',
    fields: { [cityOf(world)]: 'Linz' },
  })
  let planning = false
  const onProgress = ({ step }: ProgressEvent): void => {
    planning = step === 'plan'
  }
  const onBoundary = async (): Promise<void> => {
    if (planning) await world.clock.sleep(60_000)
  }
  const cut = await world.sync.run({ deadlineMs: 50_000, onProgress, onBoundary })
  expect(cut).toMatchObject({ ending: 'deadline' })
  const later = world.newSync({ definition: wide })
  await later.run()
  await later.run()
  // So do the cities: neither overwrites the other unseen.
  expect(citiesOf(world)).toEqual([['Graz'], ['Linz']])
})

test('a definition that is taken back before everything was read for it leaves nothing half read', async () => {
  const world = peopled(2, { definition: wide })
  for (const index of [1, 2]) world.dynamics.update('contact', idOf(index), { address1_city: 'Graz' })
  await world.sync.run()
  await world.sync.run()
  const mistaken = world.newSync({ definition: narrow })
  world.activeCampaign.faults.each({ kind: 'status', status: 500 }, { url: /3\/contacts/ })
  await expect(mistaken.run()).rejects.toThrow()
  world.activeCampaign.faults.clear()
  await world.sync.run()
  expect(citiesOf(world)).toEqual([
    ['Graz', 'Graz'],
    ['Graz', 'Graz'],
  ])
})
