import { defineSync, map, type Registry, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema, syncOnce } from './support/world.ts'

const registry = (mark: string, version: number): Registry => ({
  transforms: { marked: { description: 'with a mark', version, toActiveCampaign: (text) => text + mark } },
})

const definition = defineSync(
  schema,
  {
    contacts: {
      direction: 'bidirectional',
      fields: [
        ...standardMappings.contacts,
        map('jobtitle', 'POSITION', { direction: 'outbound', via: ['marked'] }),
      ],
    },
  },
  { registry: registry('!', 1) },
)

test('transforms of the host run, and a plan of an older version is not applied', async () => {
  const world = createWorld({ definition, registry: registry('!', 1) })
  world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', jobtitle: 'Analyst' })
  const plan = await world.sync.plan()
  const newer = world.newSync({ registry: registry('?', 2) })
  await expect(newer.apply(plan)).rejects.toMatchObject({ code: 'other-definition' })
  await syncOnce(world.sync)
  expect(world.activeCampaign.contacts()[0]?.fields.POSITION).toBe('Analyst!')
})

test('a constant gets to new contacts and to those that are there, whose columns are empty, and nothing is written twice', async () => {
  const source = map('suffix', 'POSITION', {
    direction: 'outbound',
    via: [{ name: 'constant', with: { value: 'CRM' } }],
  })
  const constant = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts, source] },
  })
  const world = createWorld({ definition: constant })
  world.dynamics.insert('contact', { emailaddress1: 'ada@example.com' })
  world.dynamics.insert('contact', { emailaddress1: 'max@example.com' })
  world.activeCampaign.insertContact({ email: 'max@example.com' })
  await syncOnce(world.sync)
  expect(world.activeCampaign.contacts().map(({ fields }) => fields.POSITION)).toEqual(['CRM', 'CRM'])
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
})
