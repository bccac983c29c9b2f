import { column, defineSync, extendSchema, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema as plainSchema, syncOnce } from './support/world.ts'

const schema = extendSchema(plainSchema, {
  dynamics: { contacts: { jobtitle: column.text(100, { access: 'update' }) } },
})

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    createInDynamics: 'tagged',
    fields: [...standardMappings.contacts, map('importsequencenumber', 'CITY'), map('jobtitle', 'POSITION')],
  },
})

test('a column is written when D365 takes it: on creation only, or only afterwards', async () => {
  const world = createWorld({ definition, schema })
  const { id } = world.activeCampaign.insertContact({
    email: 'ada@example.com',
    tags: ['[D365: Contact]'],
    fields: { CITY: '7', POSITION: 'Analyst' },
  })
  const { plan } = await syncOnce(world.sync)
  const [create] = plan.actions
  expect(create?.kind).toBe('create-dynamics-record')
  expect(create?.changes.map(({ field }) => field)).not.toContain('jobtitle')
  expect(create?.changes.map(({ field }) => field)).toContain('importsequencenumber')
  expect(plan.holds).toEqual([])

  await syncOnce(world.sync)
  expect(world.dynamics.rows('contact')).toMatchObject([{ importsequencenumber: 7, jobtitle: 'Analyst' }])

  world.activeCampaign.updateContact(id, { fields: { CITY: '8', POSITION: 'Director' } })
  const { plan: later } = await syncOnce(world.sync)
  expect(later.actions.flatMap(({ changes }) => changes.map(({ field }) => field))).toEqual(['jobtitle'])
  expect(later.holds.map(({ field }) => field)).toEqual(['importsequencenumber:CITY'])
  expect(world.dynamics.rows('contact')).toMatchObject([{ importsequencenumber: 7, jobtitle: 'Director' }])
})
