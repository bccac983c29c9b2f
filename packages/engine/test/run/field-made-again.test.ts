import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { companySchema, contoso, createCompanyWorld } from '../support/company-world.ts'
import { idOf, peopled } from '../support/peopled.ts'
import { schema } from '../support/world.ts'

test.each(
  (['clear', 'ignoreBlank'] as const).flatMap((blank) => [true, false].map((seen) => [blank, seen] as const)),
)(
  'a custom field that is deleted and made again takes no value from anybody (%s, missed by a run: %s)',
  async (blank, seen) => {
    const fields = [...standardMappings.contacts, map('address1_city', 'CITY', { blank })]
    const definition = defineSync(schema, { contacts: { direction: 'bidirectional', fields } })
    const world = peopled(3, { definition })
    for (const index of [1, 2, 3]) world.dynamics.update('contact', idOf(index), { address1_city: 'Graz' })
    for (let n = 0; n < 2; n += 1) await world.sync.run()
    await world.clock.sleep(3_600_000)
    const field = world.activeCampaign.fields().find(({ perstag }) => perstag === 'CITY')
    for (const { id, field: of } of world.activeCampaign.rows('fieldValues'))
      if (of === field?.id) world.activeCampaign.remove('fieldValues', String(id))
    world.activeCampaign.remove('fields', field?.id ?? '')
    if (seen) await world.sync.run().catch(() => undefined)
    world.activeCampaign.defineField({ title: 'City', type: 'text', perstag: 'CITY' })
    for (let n = 0; n < 2; n += 1) await world.sync.run()
    expect(world.dynamics.rows('contact').map((row) => row.address1_city)).toEqual(['Graz', 'Graz', 'Graz'])
    expect(world.activeCampaign.contacts().map((contact) => contact.fields.CITY)).toEqual([
      'Graz',
      'Graz',
      'Graz',
    ])
    expect((await world.sync.plan()).actions).toEqual([])
  },
)

test('nor where the field flows to Dynamics 365 only', async () => {
  const city = map('address1_city', 'CITY', { direction: 'inbound', blank: 'clear' })
  const fields = [...standardMappings.contacts, city]
  const definition = defineSync(schema, { contacts: { direction: 'bidirectional', fields } })
  const world = peopled(2, { definition })
  await world.sync.run()
  for (const { id } of world.activeCampaign.contacts())
    world.activeCampaign.updateContact(id, { fields: { CITY: 'Graz' } })
  await world.sync.run()
  expect(world.dynamics.rows('contact').map((row) => row.address1_city)).toEqual(['Graz', 'Graz'])
  const field = world.activeCampaign.fields().find(({ perstag }) => perstag === 'CITY')
  world.activeCampaign.remove('fields', field?.id ?? '')
  world.activeCampaign.defineField({ title: 'City', type: 'text', perstag: 'CITY' })
  for (let n = 0; n < 2; n += 1) await world.sync.run()
  expect(world.dynamics.rows('contact').map((row) => row.address1_city)).toEqual(['Graz', 'Graz'])
  // From then on it is a field like any other.
  const [first] = world.activeCampaign.contacts()
  world.activeCampaign.updateContact(first?.id ?? '', { fields: { CITY: 'Linz' } })
  await world.sync.run()
  expect(world.dynamics.rows('contact').map((row) => row.address1_city)).toContain('Linz')
})

test('nor does a single record, before a run has seen the other field; who sets a value in it is heard', async () => {
  const fields = [...standardMappings.contacts, map('address1_city', 'CITY', { blank: 'clear' })]
  const definition = defineSync(schema, { contacts: { direction: 'bidirectional', fields } })
  const world = peopled(2, { definition })
  for (const index of [1, 2]) world.dynamics.update('contact', idOf(index), { address1_city: 'Graz' })
  for (let n = 0; n < 2; n += 1) await world.sync.run()
  const field = world.activeCampaign.fields().find(({ perstag }) => perstag === 'CITY')
  world.activeCampaign.remove('fields', field?.id ?? '')
  world.activeCampaign.defineField({ title: 'City', type: 'text', perstag: 'CITY' })
  const [first, second] = world.activeCampaign.contacts()
  world.activeCampaign.updateContact(second?.id ?? '', { fields: { CITY: 'Graz' } })
  const hint = { side: 'activeCampaign', entity: 'contacts', id: first?.id ?? '' } as const
  expect(await world.sync.runRecord(hint)).toMatchObject({ status: 'queued' })
  expect(world.dynamics.rows('contact').map((row) => row.address1_city)).toEqual(['Graz', 'Graz'])
  await world.sync.run()
  expect(world.activeCampaign.contacts().map((contact) => contact.fields.CITY)).toEqual(['Graz', 'Graz'])
  // From then on it is a field like any other.
  world.activeCampaign.updateContact(first?.id ?? '', { fields: { CITY: '' } })
  await world.sync.run()
  expect(world.dynamics.row('contact', idOf(1))?.address1_city ?? null).toBeNull()
})

test.each(
  (['clear', 'ignoreBlank'] as const).flatMap((blank) => [true, false].map((seen) => [blank, seen] as const)),
)('the same of a custom field of accounts (%s, missed by a run: %s)', async (blank, seen) => {
  const fields = [...standardMappings.accounts, map('revenue', 'REVENUE', { blank })]
  const definition = defineSync(companySchema, { accounts: { direction: 'bidirectional', fields } })
  const world = createCompanyWorld({ definition })
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso', revenue: 5 })
  for (let n = 0; n < 2; n += 1) await world.sync.run()
  for (const { id } of world.activeCampaign.rows('accountCustomFieldData'))
    world.activeCampaign.remove('accountCustomFieldData', String(id))
  for (const { id } of world.activeCampaign.rows('accountCustomFieldMeta'))
    world.activeCampaign.remove('accountCustomFieldMeta', String(id))
  if (seen) await world.sync.run().catch(() => undefined)
  world.activeCampaign.insert('accountCustomFieldMeta', {
    ...{ fieldLabel: 'Revenue', fieldType: 'currency', personalization: 'REVENUE' },
    fieldDefaultCurrency: 'EUR',
  })
  for (let n = 0; n < 2; n += 1) await world.sync.run()
  expect(world.dynamics.row('account', contoso)?.revenue).toBe(5)
  expect(world.activeCampaign.rows('accountCustomFieldData')).toMatchObject([{ fieldValue: 500 }])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('nor does a single account, before a run has seen that the field is gone, or another one', async () => {
  const fields = [...standardMappings.accounts, map('revenue', 'REVENUE', { blank: 'clear' })]
  const definition = defineSync(companySchema, { accounts: { direction: 'bidirectional', fields } })
  const world = createCompanyWorld({ definition })
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso', revenue: 5 })
  for (let n = 0; n < 2; n += 1) await world.sync.run()
  const [account] = world.activeCampaign.rows('accounts')
  const hint = { side: 'activeCampaign', entity: 'accounts', id: String(account?.id) } as const
  expect(await world.sync.runRecord(hint)).toMatchObject({ status: 'synced' })
  for (const table of ['accountCustomFieldData', 'accountCustomFieldMeta'] as const)
    for (const { id } of world.activeCampaign.rows(table)) world.activeCampaign.remove(table, String(id))
  expect(await world.sync.runRecord(hint)).toMatchObject({ status: 'queued' })
  world.activeCampaign.insert('accountCustomFieldMeta', {
    ...{ fieldLabel: 'Revenue', fieldType: 'currency', personalization: 'REVENUE' },
    fieldDefaultCurrency: 'EUR',
  })
  expect(await world.sync.runRecord(hint)).toMatchObject({ status: 'queued' })
  expect(world.dynamics.row('account', contoso)?.revenue).toBe(5)
  await world.sync.run()
  expect(await world.sync.runRecord(hint)).toMatchObject({ status: 'synced' })
  expect(world.dynamics.row('account', contoso)?.revenue).toBe(5)
  expect(world.activeCampaign.rows('accountCustomFieldData')).toMatchObject([{ fieldValue: 500 }])
})
