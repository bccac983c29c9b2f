import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'
import { createWorld, schema, type TestWorld } from '../support/world.ts'

const fields = [...standardMappings.contacts]
const inContacts = (id: string) => ({ side: 'activeCampaign', entity: 'contacts', id }) as const
const inDynamics = (entity: 'contacts' | 'leads', id: string) => ({ side: 'dynamics', entity, id }) as const

const expectQuiet = async ({ sync }: TestWorld): Promise<void> => {
  await sync.run()
  expect(await sync.plan()).toMatchObject({ actions: [], holds: [] })
}

test('a contact that asks for a row gets the one that somebody made since the last run, not a second one', async () => {
  const world = peopled(1)
  await world.sync.run()
  world.dynamics.insert('contact', { emailaddress1: 'jane@example.com', lastname: 'Doe' })
  const person = { email: 'jane@example.com', lastName: 'Doe', tags: ['[D365: Contact]'] }
  const { id } = world.activeCampaign.insertContact(person)
  expect(await world.sync.runRecord(inContacts(id))).toMatchObject({ status: 'synced' })
  expect(world.dynamics.rows('contact')).toHaveLength(2)
  await expectQuiet(world)
  expect(world.dynamics.rows('contact')).toHaveLength(2)
})

test('a lead that was qualified hands its contact over, whoever tells of it first', async () => {
  const definition = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields },
    leads: { direction: 'bidirectional', fields: [...standardMappings.leads], leaving: 'archive' },
  })
  const world = createWorld({ definition })
  const leadid = '33333333-3333-4333-8333-333333333333'
  world.dynamics.insert('lead', {
    leadid,
    subject: 'Demo',
    emailaddress1: 'lea@example.com',
    lastname: 'Dahl',
  })
  await world.sync.run()
  const [person] = world.activeCampaign.contacts()
  const list = String(world.activeCampaign.insert('lists', { name: 'News' }).id)
  world.activeCampaign.insert('contactLists', { contact: person?.id ?? '', list, status: '1' })
  await world.clients.dynamics.qualifyLead(leadid, {
    createAccount: false,
    createContact: true,
    createOpportunity: false,
  })
  await world.sync.runRecord(inDynamics('leads', leadid))
  expect(world.activeCampaign.contacts()).toMatchObject([{ id: person?.id, lists: { [list]: '1' } }])
  await expectQuiet(world)
  expect(world.activeCampaign.contacts()).toMatchObject([{ id: person?.id, lists: { [list]: '1' } }])
})

test('a row that is deleted while another one has its address takes no contact along', async () => {
  const definition = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields, deleted: { inDynamics: 'delete' } },
  })
  const world = peopled(2, { definition })
  await world.sync.run()
  const before = world.activeCampaign.contacts().map(({ id }) => id)
  world.dynamics.remove('contact', idOf(1))
  world.dynamics.insert('contact', { emailaddress1: 'person1@example.com', lastname: 'Number 1' })
  await world.sync.runRecord(inDynamics('contacts', idOf(1)))
  expect(world.activeCampaign.contacts().map(({ id }) => id)).toEqual(before)
  await expectQuiet(world)
  expect(world.activeCampaign.contacts().map(({ id }) => id)).toEqual(before)
})

test('a row whose contact was merged into another one in ActiveCampaign is not deleted for it', async () => {
  const definition = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields, deleted: { inActiveCampaign: 'delete' } },
  })
  const world = peopled(2, { definition })
  await world.sync.run()
  const [loser] = world.activeCampaign.contacts()
  const winner = world.activeCampaign.insertContact({ email: 'other@example.com', lastName: 'Number 1' })
  world.activeCampaign.mergeContacts(winner.id, loser?.id ?? '')
  world.activeCampaign.updateContact(winner.id, { email: loser?.email ?? '' })
  world.dynamics.update('contact', idOf(1), { firstname: 'Patricia' })
  const report = await world.sync.runRecord(inDynamics('contacts', idOf(1)))
  expect(report).toMatchObject({ status: 'left', synced: [] })
  expect(world.dynamics.rows('contact')).toHaveLength(2)
  await world.sync.run({ full: true })
  expect(world.dynamics.rows('contact')).toHaveLength(2)
  // The two meet for the first time, and differ: a person decides.
  expect((await world.sync.plan()).holds).toMatchObject([
    { dynamicsId: idOf(1), activeCampaignId: winner.id },
  ])
})

const byCity = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [...fields, map('address1_city', 'CITY')],
    match: [
      { dynamics: 'emailaddress1', activeCampaign: 'email' },
      { dynamics: 'address1_city', activeCampaign: 'CITY' },
    ],
  },
})

test('where people are matched by more than their e-mail, no hint makes a contact that may be there', async () => {
  const world = peopled(1, { definition: byCity })
  await world.sync.run()
  world.activeCampaign.insertContact({ email: 'jane@home.example', fields: { CITY: 'Paris' } })
  const row = { contactid: idOf(2), emailaddress1: 'jane@example.com', address1_city: 'Paris' }
  world.dynamics.insert('contact', row)
  expect(await world.sync.runRecord(inDynamics('contacts', idOf(2)))).toMatchObject({ status: 'left' })
  expect(world.activeCampaign.contacts()).toHaveLength(2)
  await world.sync.run()
  expect(world.activeCampaign.contacts()).toHaveLength(2)
  expect((await world.sync.plan()).holds.map(({ reason }) => reason.code)).toContain('identity-differs')
})

test('nor does it link one of several who may be meant', async () => {
  const world = peopled(1, { definition: byCity })
  world.activeCampaign.insertContact({ email: 'jane@home.example', fields: { CITY: 'Paris' } })
  await world.sync.run()
  world.activeCampaign.insertContact({ email: 'june@home.example', fields: { CITY: 'Paris' } })
  world.dynamics.insert('contact', { contactid: idOf(2), lastname: 'Doe', address1_city: 'Paris' })
  expect(await world.sync.runRecord(inDynamics('contacts', idOf(2)))).toMatchObject({ status: 'left' })
  await world.sync.run()
  expect((await world.sync.plan()).holds.map(({ reason }) => reason.code)).toContain('shared-key')
  expect(world.dynamics.row('contact', idOf(2))?.emailaddress1).toBeUndefined()
})
