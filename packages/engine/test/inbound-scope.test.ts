/** Which contacts become rows may depend on fields that no mapping has: they are read all the same. */
import { defineSync, extendSchema, field, map, standardMappings, type Where } from '@dynacamp/mapping-dsl'
import { describe, expect, test } from 'vitest'
import { companiesOf, companySchema, createCompanyWorld } from './support/company-world.ts'
import { schema as common, createWorld } from './support/world.ts'

const schema = extendSchema(common, {
  activeCampaign: { contacts: { SEGMENT: field.text() } },
})

const worldWith = (inboundScope: Where<(typeof schema)['activeCampaign']['contacts']>) => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'all',
      inboundScope,
      fields: [map('emailaddress1', 'email'), map('lastname', 'lastName')],
    },
  })
  const world = createWorld({ definition, schema })
  world.activeCampaign.defineField({ title: 'Segment', type: 'text', perstag: 'SEGMENT' })
  for (const [name, SEGMENT, phone] of [
    ['gold', 'Gold', '+49 1'],
    ['internal', 'Internal', ''],
    ['none', '', ''],
  ] as const) {
    world.activeCampaign.insertContact({
      email: `${name}@example.com`,
      lastName: name,
      phone,
      ...(SEGMENT !== '' && { fields: { SEGMENT } }),
    })
  }
  const rows = () => world.dynamics.rows('contact').map(({ lastname }) => lastname)
  return { ...world, rows }
}

describe('rows are made of', () => {
  test.each<readonly [string, Where<(typeof schema)['activeCampaign']['contacts']>, readonly string[]]>([
    ['those whose custom field has a value', { SEGMENT: 'Gold' }, ['gold']],
    ['those whose custom field has not', { SEGMENT: { not: 'Internal' } }, ['gold', 'none']],
    ['those whose custom field is empty', { SEGMENT: null }, ['none']],
    ['those with a telephone, which is not mapped', { phone: { isSet: true } }, ['gold']],
  ])('%s', async (_, inboundScope, made) => {
    const world = worldWith(inboundScope)
    await world.sync.run()
    expect(world.rows().toSorted()).toEqual(made)
    expect((await world.sync.plan()).actions).toEqual([])
  })
})

test('a contact that comes to meet it becomes a row then', async () => {
  const world = worldWith({ SEGMENT: 'Gold' })
  await world.sync.run()
  const other = world.activeCampaign.contacts().find(({ lastName }) => lastName === 'none')
  await world.clock.sleep(3_600_000)
  world.activeCampaign.updateContact(other?.id ?? '', { fields: { SEGMENT: 'Gold' } })
  await world.sync.run()
  expect(world.rows().toSorted()).toEqual(['gold', 'none'])
})

test('accounts, too', async () => {
  const definition = defineSync(companySchema, {
    accounts: {
      direction: 'bidirectional',
      createInDynamics: 'all',
      inboundScope: { SECTORS: { hasNone: ['Logistics'] } },
      fields: [...standardMappings.accounts],
    },
  })
  const world = createCompanyWorld({ definition })
  const { accounts, accountFields } = world.clients.activeCampaign
  const sectors = (await accountFields.list().toArray()).find(
    ({ personalization }) => personalization === 'SECTORS',
  )
  for (const [name, fieldValue] of [
    ['Contoso', ['Retail']],
    ['Fabrikam', ['Logistics']],
  ] as const) {
    await accounts.create({ name, fields: [{ customFieldId: sectors?.id ?? '', fieldValue }] })
  }
  await world.sync.run()
  expect(companiesOf(world).dynamics.accounts).toEqual(['Contoso'])
})

test('while a field that says who becomes a row is missing, nobody does', async () => {
  const world = worldWith({ SEGMENT: { not: 'Internal' } })
  const [segment] = world.activeCampaign.fields().filter(({ perstag }) => perstag === 'SEGMENT')
  world.activeCampaign.update('fields', String(segment?.id), { perstag: 'OTHER' })
  await expect(world.sync.run()).rejects.toMatchObject({
    cause: { code: 'missing-field', fields: ['SEGMENT'] },
  })
  expect(world.rows()).toEqual([])
  world.activeCampaign.update('fields', String(segment?.id), { perstag: 'SEGMENT' })
  await world.sync.run()
  expect(world.rows().toSorted()).toEqual(['gold', 'none'])
})

test('nor does anybody become a lead who may be among the contacts', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'all',
      inboundScope: { SEGMENT: 'Gold' },
      fields: [...standardMappings.contacts],
    },
    leads: { direction: 'bidirectional', createInDynamics: 'all', fields: [...standardMappings.leads] },
  })
  const world = createWorld({ definition, schema })
  world.activeCampaign.defineField({ title: 'Segment', type: 'text', perstag: 'SEGMENT' })
  world.activeCampaign.insertContact({
    email: 'gold@example.com',
    lastName: 'Gold',
    fields: { SEGMENT: 'Gold' },
  })
  const [segment] = world.activeCampaign.fields().filter(({ perstag }) => perstag === 'SEGMENT')
  world.activeCampaign.update('fields', String(segment?.id), { perstag: 'OTHER' })
  await expect(world.sync.run()).rejects.toMatchObject({ cause: { code: 'missing-field' } })
  expect(world.dynamics.rows('lead')).toEqual([])
  world.activeCampaign.update('fields', String(segment?.id), { perstag: 'SEGMENT' })
  await world.sync.run()
  expect(world.dynamics.rows('contact')).toMatchObject([{ emailaddress1: 'gold@example.com' }])
  expect(world.dynamics.rows('lead')).toEqual([])
})
