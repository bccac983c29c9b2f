/** A record that is made has what it is recognised by: without it nothing is made. */
import { compileDefinition, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact } from './kit/world.ts'

const people = compileDefinition(
  {
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'all',
      fields: [...standardMappings.contacts],
    },
    optOut: { direction: 'off' },
  },
  standardSchema,
)
const companies = compileDefinition(
  {
    accounts: { direction: 'bidirectional', createInDynamics: 'all', fields: [...standardMappings.accounts] },
  },
  standardSchema,
)

test.each([
  ['contacts', people, { email: `${'a'.repeat(120)}@example.com` }, 'emailaddress1:email'],
  ['accounts', companies, { name: 'a'.repeat(200) }, 'name:name'],
] as const)('no row of %s is made where it cannot hold that', (entity, definition, fields, field) => {
  const world = emptyWorld(entity)
  putContact(world, '7', fields)
  const { actions, holds, counts } = planWorld(world, definition)
  expect(actions).toEqual([])
  expect(holds).toMatchObject([{ field, activeCampaignId: '7', reason: { code: 'bad-value' } }])
  expect(counts).toMatchObject({ held: 1, records: 1 })
})
