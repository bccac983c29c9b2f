import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { idOf, peopled } from './support/peopled.ts'
import { schema, syncOnce } from './support/world.ts'

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [...standardMappings.contacts, map('address1_city', 'CITY', { conflict: 'hold' })],
  },
})

const conflicting = async () => {
  const world = peopled(2, { definition })
  await world.sync.run()
  for (const [index, contact] of world.activeCampaign.contacts().entries()) {
    world.dynamics.update('contact', idOf(index + 1), { address1_city: 'Oslo' })
    world.activeCampaign.updateContact(contact.id, { fields: { CITY: 'Bergen' } })
  }
  await world.sync.run()
  return world
}

const citiesOf = ({ dynamics, activeCampaign }: Awaited<ReturnType<typeof conflicting>>) => [
  dynamics.rows('contact').map(({ address1_city: city }) => city),
  activeCampaign.contacts().map(({ fields }) => fields.CITY),
]

test.each([
  ['dynamics', 'Oslo'],
  ['activeCampaign', 'Bergen'],
] as const)('a person decides a held field for %s; nobody else is touched', async (winner, city) => {
  const world = await conflicting()
  const held = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const
  expect((await world.sync.why(held)).join(' ')).toContain('address1_city:CITY is held')
  const field = 'address1_city:CITY'
  const plan = await world.sync.plan({
    resolutions: [{ entity: 'contacts', dynamicsId: idOf(1), field, winner }],
  })
  expect(plan.conflicts).toMatchObject([
    { dynamicsId: idOf(1), winner },
    { dynamicsId: idOf(2), winner: 'held' },
  ])
  await world.sync.apply(plan)
  expect(citiesOf(world)).toEqual([
    [city, 'Oslo'],
    [city, 'Bergen'],
  ])
  expect((await world.sync.why(held)).join(' ')).toContain('In sync')
  expect((await syncOnce(world.sync)).plan.actions).toEqual([])
})

test('a person decides all fields of two records that differ when they first meet', async () => {
  const world = peopled(1, { definition })
  world.activeCampaign.insertContact({ email: 'person1@example.com', firstName: 'Robin', lastName: 'Other' })
  await world.sync.run()
  expect(world.activeCampaign.contacts()).toMatchObject([{ firstName: 'Robin', lastName: 'Other' }])
  const decided = { entity: 'contacts', dynamicsId: idOf(1), field: null, winner: 'activeCampaign' } as const
  await world.sync.apply(await world.sync.plan({ resolutions: [decided] }))
  expect(world.dynamics.rows('contact')).toMatchObject([{ firstname: 'Robin', lastname: 'Other' }])
})

test.each([
  [{ entity: 'contacts', field: 'address1_city' }, "resolutions[0].field is 'address1_city'"],
  [{ entity: 'leads', field: null }, "resolutions[0].entity is 'leads'"],
] as const)('a decision about what is not in sync is refused: %o', async (decided, message) => {
  const { sync } = await conflicting()
  const resolutions = [{ ...decided, dynamicsId: idOf(1), winner: 'dynamics' }] as const
  await expect(sync.plan({ resolutions })).rejects.toMatchObject({
    code: 'invalid-option',
    message: expect.stringContaining(message),
  })
})

test('whatever a plan can hold can be decided', async () => {
  const wider = defineSync(schema, {
    accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
    opportunities: { object: 'd365-opportunity', fields: [map('name', 'name', { as: 'text' })] },
  })
  const { sync } = peopled(1, { definition: wider })
  const winner = 'dynamics'
  const resolutions = [
    { entity: 'accounts', dynamicsId: idOf(1), field: 'name:name', winner },
    { entity: 'contacts', dynamicsId: idOf(1), field: 'parentcustomerid:account', winner },
    { entity: 'opportunities', dynamicsId: idOf(1), field: 'name:name', winner },
    { entity: 'opportunities', dynamicsId: idOf(1), field: 'contact:primary-contact', winner },
  ] as const
  await expect(sync.plan({ resolutions })).resolves.toMatchObject({ conflicts: [] })
})
