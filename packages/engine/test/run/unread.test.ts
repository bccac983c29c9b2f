/** A service refuses to have one kind of record read: it alone is left as it is. */
import { defineSync, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { renderHealth } from '../../src/index.ts'
import { companySchema, contoso, createCompanyWorld, fabrikam } from '../support/company-world.ts'
import {
  addOpportunity,
  contactId,
  fields,
  opportunityWorld,
  recordsOf,
} from '../support/opportunity-world.ts'
import { emails, idOf } from '../support/peopled.ts'
import { refuseInActiveCampaign, refuseReading, troublesOf } from '../support/refuse.ts'
import { createWorld, schema, type TestWorld } from '../support/world.ts'

const deleted = { inDynamics: 'delete', inActiveCampaign: 'delete' } as const
const contacts = { direction: 'bidirectional', deleted, fields: [...standardMappings.contacts] } as const
const leads = { direction: 'bidirectional', deleted, fields: [...standardMappings.leads] } as const
const people = defineSync(schema, { contacts, leads })

const addPerson = ({ dynamics }: TestWorld, table: 'contact' | 'lead', index: number, lastname = 'A') =>
  dynamics.insert(table, {
    [`${table}id`]: idOf(index),
    emailaddress1: `${table}${index}@example.com`,
    lastname,
  })

test('a table whose reading is refused is left as it is, nothing of it counts as deleted, and the other goes on', async () => {
  const world = createWorld({ definition: people })
  addPerson(world, 'contact', 1)
  addPerson(world, 'lead', 2)
  await world.sync.run()
  const allow = refuseReading(world, 'leads', 'prvReadLead')
  addPerson(world, 'contact', 3)
  addPerson(world, 'lead', 4)
  world.dynamics.update('lead', idOf(2), { lastname: 'B' })
  for (const full of [false, true]) {
    const [trouble, ...others] = await troublesOf(world.sync.run({ full }))
    expect(others).toEqual([])
    expect(trouble).toEqual({
      ...{ entity: 'leads', side: 'dynamics', code: '0x80040220' },
      message: expect.stringContaining('prvReadLead'),
      remedy: expect.stringContaining('prvReadLead'),
    })
    expect(emails(world)).toEqual(['contact1@example.com', 'lead2@example.com', 'contact3@example.com'])
    const health = await world.sync.health()
    expect(health.unread).toEqual([trouble])
    expect(renderHealth(health)).toContain('Cannot be read: leads of Dynamics 365 (0x80040220: ')
  }
  allow()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed', entities: { leads: { done: 2 } } })
  expect(emails(world)).toContain('lead4@example.com')
  expect(world.dynamics.rows('lead')).toHaveLength(2)
  expect(await world.sync.health()).toMatchObject({ unread: [], initialSyncDone: true })
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
})

test('in the first run, too: the initial sync of that table is still to come', async () => {
  const world = createWorld({ definition: people })
  addPerson(world, 'contact', 1)
  addPerson(world, 'lead', 2)
  const allow = refuseReading(world, 'leads', 'prvReadLead')
  await troublesOf(world.sync.run())
  expect(emails(world)).toEqual(['contact1@example.com'])
  expect(await world.sync.health()).toMatchObject({ initialSyncDone: false })
  allow()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed', initial: true })
  expect(emails(world)).toEqual(['contact1@example.com', 'lead2@example.com'])
  expect(await world.sync.health()).toMatchObject({ initialSyncDone: true })
})

test('a plan and the applying of one refuse to work without it', async () => {
  const world = createWorld({ definition: people })
  addPerson(world, 'contact', 1)
  const plan = await world.sync.plan()
  refuseReading(world, 'leads', 'prvReadLead')
  await expect(world.sync.plan()).rejects.toMatchObject({ dataverseCode: '0x80040220' })
  await expect(world.sync.apply(plan)).rejects.toMatchObject({ dataverseCode: '0x80040220' })
  expect(emails(world)).toEqual([])
})

test('nobody becomes a row of one table while the other cannot be read', async () => {
  const tagged = defineSync(schema, {
    contacts: { ...contacts, createInDynamics: 'tagged' },
    leads: { ...leads, createInDynamics: 'tagged' },
  })
  const world = createWorld({ definition: tagged })
  await world.sync.run()
  const allow = refuseReading(world, 'contacts', 'prvReadContact')
  addPerson(world, 'contact', 1)
  const tags = ['[D365: Lead]']
  world.activeCampaign.insertContact({ email: 'contact1@example.com', lastName: 'A', tags })
  await troublesOf(world.sync.run())
  const { id } = world.activeCampaign.insertContact({ email: 'late@example.com', tags })
  await world.sync.runRecord({ side: 'activeCampaign', entity: 'contacts', id: String(id) })
  expect(world.dynamics.rows('lead')).toEqual([])
  allow()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect(world.dynamics.rows('lead').map(({ emailaddress1 }) => emailaddress1)).toEqual(['late@example.com'])
})

test('a run that goes on with an earlier reading leaves alone what that could not read', async () => {
  const world = createWorld({ definition: people })
  await world.sync.run()
  const allow = refuseReading(world, 'leads', 'prvReadLead')
  for (let index = 1; index <= 3; index += 1) addPerson(world, 'contact', index)
  addPerson(world, 'lead', 9)
  // The reading takes longer, so that it ends at the first boundary behind it.
  expect(await world.sync.run({ deadlineMs: 1 })).toMatchObject({ ending: 'deadline' })
  allow()
  await troublesOf(world.sync.run())
  expect(emails(world)).toHaveLength(3)
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect(emails(world)).toHaveLength(4)
})

const accountsOf = ({ activeCampaign }: TestWorld) => activeCampaign.rows('accounts').map(({ name }) => name)

test('a custom field of accounts that is not there leaves accounts as they are, and people go on', async () => {
  const world = createCompanyWorld()
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso', revenue: 5 })
  world.dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
  await world.sync.run()
  const field = world.activeCampaign
    .rows('accountCustomFieldMeta')
    .find(({ personalization }) => personalization === 'REVENUE')
  world.activeCampaign.update('accountCustomFieldMeta', String(field?.id), { personalization: 'TURNOVER' })
  world.dynamics.update('account', contoso, { name: 'Contoso Ltd' })
  for (let index = 1; index <= 12; index += 1) {
    addPerson(world, 'contact', index)
    const company = { 'parentcustomerid_account@odata.bind': `/accounts(${contoso})` }
    world.dynamics.update('contact', idOf(index), company)
  }
  expect(await troublesOf(world.sync.run())).toMatchObject([
    {
      entity: 'accounts',
      side: 'activeCampaign',
      code: 'missing-field',
      remedy: expect.stringContaining('REVENUE'),
    },
  ])
  expect(accountsOf(world)).toEqual(['Contoso', 'Fabrikam'])
  expect(emails(world)).toHaveLength(12)
  // Each has the account of its company, which is linked, but not by a name that nobody has read.
  expect(world.activeCampaign.rows('accountContacts')).toHaveLength(12)
  expect(world.activeCampaign.calls.byOperation).toMatchObject({ 'accountContacts.create': 12 })
  world.activeCampaign.update('accountCustomFieldMeta', String(field?.id), { personalization: 'REVENUE' })
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect(accountsOf(world)).toEqual(['Contoso Ltd', 'Fabrikam'])
  expect(world.dynamics.rows('account').map(({ revenue }) => revenue)).toContain(5)
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
})

test('accounts that flow outbound, and could not be read by the first run, are read by the next one that can', async () => {
  const outbound = defineSync(companySchema, {
    accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
  })
  const world = createCompanyWorld({ definition: outbound })
  world.activeCampaign.insert('accounts', { name: 'Contoso' })
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
  addPerson(world, 'contact', 1)
  const allow = world.activeCampaign.faults.each(
    { kind: 'status', status: 403 },
    { method: 'GET', url: /\/account/ },
  )
  expect(await troublesOf(world.sync.run())).toMatchObject([{ entity: 'accounts', side: 'activeCampaign' }])
  expect(emails(world)).toEqual(['contact1@example.com'])
  expect(accountsOf(world)).toEqual(['Contoso'])
  allow()
  const { entities } = await world.sync.run()
  expect(entities).toMatchObject({ accounts: { done: 1, stale: 0 } })
  expect(accountsOf(world)).toEqual(['Contoso'])
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
})

test('nobody becomes a row without their account while ActiveCampaign does not show its accounts', async () => {
  const definition = defineSync(companySchema, {
    accounts: { direction: 'bidirectional', fields: [...standardMappings.accounts] },
    contacts: { ...contacts, createInDynamics: 'tagged' },
  })
  const world = createCompanyWorld({ definition })
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
  await world.sync.run()
  const [account] = world.activeCampaign.rows('accounts')
  const allow = refuseInActiveCampaign(world, /\/accounts\b/)
  // So many that they would go in one batch.
  for (let index = 1; index <= 12; index += 1) {
    const email = `new${index}@example.com`
    const { id } = world.activeCampaign.insertContact({ email, tags: ['[D365: Contact]'] })
    world.activeCampaign.insert('accountContacts', { contact: String(id), account: String(account?.id) })
  }
  expect(await troublesOf(world.sync.run())).toMatchObject([{ entity: 'accounts', side: 'activeCampaign' }])
  expect(world.dynamics.rows('contact')).toEqual([])
  allow()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed', entities: { contacts: { done: 12 } } })
  const employers = world.dynamics.rows('contact').map((row) => row._parentcustomerid_value)
  expect(employers).toEqual(Array.from({ length: 12 }, () => contoso))
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
})

test('opportunities wait while people cannot be read', async () => {
  const definition = defineSync(standardSchema, {
    ...{ contacts, leads },
    opportunities: { object: 'd365-opportunity', fields },
  })
  const world = opportunityWorld(0, { definition })
  world.dynamics.insert('contact', { contactid: contactId(1), emailaddress1: 'person1@example.com' })
  world.dynamics.insert('lead', { leadid: contactId(9), emailaddress1: 'lead9@example.com' })
  const customer = { _customerid_value: contactId(1), _originatingleadid_value: contactId(9) }
  addOpportunity(world, 1, { _parentcontactid_value: null, ...customer })
  const allow = refuseReading(world, 'contacts', 'prvReadContact')
  await troublesOf(world.sync.run())
  expect(emails(world)).toEqual(['lead9@example.com'])
  expect(await recordsOf(world)).toEqual([])
  allow()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  const person = world.activeCampaign.contacts().find(({ email }) => email === 'person1@example.com')
  expect(await recordsOf(world)).toMatchObject([{ relationships: { 'primary-contact': [person?.id] } }])
})
