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

test.each(['clear', 'ignoreBlank', 'onlyIfEmpty'] as const)(
  'two who are linked for the first time, both empty, get the text for an empty column (%s)',
  async (blank) => {
    const position = map('jobtitle', 'POSITION', {
      via: [{ name: 'default', with: { value: 'unknown' } }],
      blank,
    })
    const world = createWorld({
      definition: defineSync(schema, {
        contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts, position] },
      }),
    })
    world.dynamics.insert('contact', { emailaddress1: 'max@example.com' })
    world.activeCampaign.insertContact({ email: 'max@example.com' })
    const { plan } = await syncOnce(world.sync)
    expect(plan.holds).toEqual([])
    expect(world.activeCampaign.contacts().map(({ fields }) => fields.POSITION)).toEqual(['unknown'])
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
    // Emptied on both sides at once, it is no conflict, and gets the text again.
    const [row] = world.dynamics.rows('contact')
    const [contact] = world.activeCampaign.contacts()
    world.dynamics.update('contact', String(row?.contactid), { jobtitle: 'Analyst' })
    world.activeCampaign.updateContact(contact?.id ?? '', { fields: { POSITION: 'Analyst' } })
    await syncOnce(world.sync)
    world.dynamics.update('contact', String(row?.contactid), { jobtitle: null })
    world.activeCampaign.updateContact(contact?.id ?? '', { fields: { POSITION: '' } })
    const again = await syncOnce(world.sync)
    expect([...again.plan.holds, ...again.plan.conflicts]).toEqual([])
    expect(world.activeCampaign.contacts().map(({ fields }) => fields.POSITION)).toEqual(['unknown'])
    expect(world.dynamics.row('contact', String(row?.contactid))?.jobtitle ?? null).toBeNull()
  },
)
