/**
 * Something is deleted in ActiveCampaign just before a call that names something else as well: what is there is not taken for deleted.
 */
import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { companiesOf, companySchema, contoso, createCompanyWorld } from './support/company-world.ts'
import { idOf, peopled } from './support/peopled.ts'
import { schema } from './support/world.ts'

const contacts = {
  direction: 'bidirectional',
  fields: [...standardMappings.contacts],
  deleted: { inActiveCampaign: 'delete' },
} as const

test('a list: its people are still there, and who opted out is taken off the others', async () => {
  const world = peopled(1, { definition: defineSync(schema, { contacts, optOut: {} }) })
  await world.sync.run()
  const [contact] = world.activeCampaign.contacts()
  const lists = ['News', 'Offers'].map((name) => String(world.activeCampaign.insert('lists', { name }).id))
  for (const list of lists)
    world.activeCampaign.insert('contactLists', { contact: contact?.id ?? '', list, status: '1' })
  world.dynamics.update('contact', idOf(1), { donotbulkemail: true })
  const plan = await world.sync.plan()
  expect(plan.actions).toMatchObject([{ kind: 'unsubscribe-active-campaign-contact', lists }])
  world.activeCampaign.remove('lists', lists[0] ?? '')
  await world.sync.apply(plan)
  const [now] = world.activeCampaign.contacts()
  expect(now?.lists[lists[1] ?? '']).toBe('2')
  await world.sync.run()
  expect(world.dynamics.rows('contact')).toHaveLength(1)
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a tag: the contact that it was meant for is still there, and gets it', async () => {
  const world = peopled(1, { definition: defineSync(schema, { contacts, tags: { write: true } }) })
  const id = world.activeCampaign.insertContact({
    email: 'person1@example.com',
    firstName: 'Pat',
    lastName: 'Number 1',
  }).id
  // One that changed in the last minutes would be read again by every look.
  await world.clock.sleep(3_600_000)
  world.activeCampaign.insertContact({ email: 'later@example.com' })
  const remove = (): void => {
    for (const tag of world.activeCampaign.rows('tags')) world.activeCampaign.remove('tags', String(tag.id))
  }
  world.activeCampaign.faults.next({ kind: 'meanwhile', run: remove }, { operation: 'contactTags.create' })
  await world.sync.run()
  expect(world.dynamics.rows('contact')).toHaveLength(1)
  const tagged = world.activeCampaign.contacts().filter(({ tags }) => tags.length === 2)
  expect(tagged).toMatchObject([{ id }])
})

test('a custom field: the contact that it was to be written to is still there, and so is its row', async () => {
  const fields = [...standardMappings.contacts, map('address1_city', 'CITY')]
  const world = peopled(1, { definition: defineSync(schema, { contacts: { ...contacts, fields } }) })
  await world.sync.run()
  // One that changed in the last minutes would be read again by every look.
  await world.clock.sleep(3_600_000)
  world.activeCampaign.insertContact({ email: 'later@example.com' })
  world.dynamics.update('contact', idOf(1), { address1_city: 'Graz' })
  const field = world.activeCampaign.fields().find(({ perstag }) => perstag === 'CITY')
  const remove = (): void => world.activeCampaign.remove('fields', field?.id ?? '')
  world.activeCampaign.faults.next({ kind: 'meanwhile', run: remove }, { operation: 'contacts.update' })
  await world.sync.run()
  expect(world.dynamics.rows('contact')).toHaveLength(1)
  expect(await Array.fromAsync(world.sync.setAsides.list())).toMatchObject([
    { id: idOf(1), code: 'not-found', message: expect.stringContaining('Field') },
  ])
})

test('a custom field of accounts: the account that it was to be written to is still there, and followed', async () => {
  const definition = defineSync(companySchema, {
    accounts: {
      direction: 'outbound',
      fields: [...standardMappings.accounts, map('revenue', 'REVENUE')],
    },
  })
  const world = createCompanyWorld({ definition })
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso', revenue: 1 })
  await world.sync.run()
  for (const { id } of world.activeCampaign.rows('accountCustomFieldMeta'))
    world.activeCampaign.remove('accountCustomFieldMeta', String(id))
  world.dynamics.update('account', contoso, { revenue: 2 })
  await world.sync.run()
  expect(await Array.fromAsync(world.sync.setAsides.list())).toMatchObject([
    { id: contoso, code: 'not-found' },
  ])
  world.dynamics.update('account', contoso, { revenue: 1, name: 'Contoso Ltd' })
  await world.sync.run()
  expect(companiesOf(world).activeCampaign.accounts).toEqual(['Contoso Ltd'])
})

test('a contact: the account that it was to get is still there, and others get it', async () => {
  const accounts = { direction: 'outbound', fields: [...standardMappings.accounts] } as const
  const definition = defineSync(schema, {
    accounts,
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
  })
  const world = createCompanyWorld({ definition, schema })
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
  await world.sync.run()
  const joins = { 'parentcustomerid_account@odata.bind': `/accounts(${contoso})` }
  world.dynamics.insert('contact', { emailaddress1: 'ana@example.com', lastname: 'Novak', ...joins })
  const { baseUrl, apiKey, fetch } = world.activeCampaign
  const remove = async (): Promise<void> => {
    const headers = { 'Api-Token': apiKey }
    for (const { id } of world.activeCampaign.contacts())
      await fetch(new Request(`${baseUrl}/api/3/contacts/${id}`, { method: 'DELETE', headers }))
  }
  world.activeCampaign.faults.next(
    { kind: 'meanwhile', run: remove },
    { operation: 'accountContacts.create' },
  )
  await world.sync.run()
  world.dynamics.insert('contact', { emailaddress1: 'bea@example.com', lastname: 'Bauer', ...joins })
  await world.sync.run()
  expect(companiesOf(world).activeCampaign.people).toEqual({ 'bea@example.com': 'Contoso' })
})
