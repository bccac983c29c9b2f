import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema, syncOnce } from './support/world.ts'

const lead = '33333333-3333-4333-8333-333333333333'

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    createInDynamics: 'tagged',
    fields: [...standardMappings.contacts],
  },
  leads: { direction: 'bidirectional', createInDynamics: 'tagged', fields: [...standardMappings.leads] },
})

const withLead = (over = definition) => {
  const world = createWorld({ definition: over })
  world.dynamics.insert('lead', {
    leadid: lead,
    subject: 'Wants a demo',
    emailaddress1: 'lea@example.com',
    firstname: 'Lea',
    lastname: 'Dahl',
  })
  return world
}

test('a lead becomes a contact of ActiveCampaign, and changes flow both ways', async () => {
  const world = withLead()
  await syncOnce(world.sync)
  const [contact] = world.activeCampaign.contacts()
  expect(contact).toMatchObject({ email: 'lea@example.com', firstName: 'Lea' })
  world.activeCampaign.updateContact(contact?.id ?? '', { lastName: 'Holm' })
  await syncOnce(world.sync)
  expect(world.dynamics.row('lead', lead)).toMatchObject({ lastname: 'Holm' })
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a lead whose contact is deleted is disqualified where the definition says so, one or many', async () => {
  const deleted = { inActiveCampaign: 'deactivate' } as const
  const world = withLead(
    defineSync(schema, {
      leads: { direction: 'bidirectional', fields: [...standardMappings.leads], deleted },
    }),
  )
  await syncOnce(world.sync)
  const states = () => world.dynamics.rows('lead').map(({ statecode, statuscode }) => [statecode, statuscode])
  const deleteAll = async () => {
    for (const { id } of world.activeCampaign.contacts()) world.activeCampaign.removeContact(id)
    await syncOnce(world.sync, { full: true })
  }
  await deleteAll()
  // 2 is "Disqualified", and 4 its default status, "Lost".
  expect(states()).toEqual([[2, 4]])
  for (let index = 0; index < 12; index += 1) {
    world.dynamics.insert('lead', { subject: 'Many', emailaddress1: `lead${index}@example.com` })
  }
  for (let run = 0; run < 2; run += 1) await syncOnce(world.sync)
  await deleteAll()
  expect(states()).toEqual(Array.from({ length: 13 }, () => [2, 4]))
})

test('a tagged contact becomes a lead, not a contact', async () => {
  const world = createWorld({ definition })
  world.activeCampaign.insertContact({ email: 'max@example.com', lastName: 'Max', tags: ['[D365: Lead]'] })
  await syncOnce(world.sync)
  expect(world.dynamics.rows('lead')).toMatchObject([{ emailaddress1: 'max@example.com' }])
  expect(world.dynamics.rows('contact')).toEqual([])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a contact that both tables ask for becomes one row, of the table that speaks for people', async () => {
  const world = createWorld({ definition })
  const tags = ['[D365: Lead]', '[D365: Contact]']
  world.activeCampaign.insertContact({ email: 'max@example.com', lastName: 'Max', tags })
  await syncOnce(world.sync)
  expect(world.dynamics.rows('contact')).toHaveLength(1)
  expect(world.dynamics.rows('lead')).toEqual([])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a lead that is deleted when its contact of D365 appears takes nobody with it', async () => {
  const deleting = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
    leads: {
      direction: 'bidirectional',
      fields: [...standardMappings.leads],
      deleted: { inDynamics: 'delete' },
      leaving: 'unsubscribe',
    },
  })
  const world = withLead(deleting)
  await syncOnce(world.sync)
  world.dynamics.remove('lead', lead)
  world.dynamics.insert('contact', { emailaddress1: 'lea@example.com', firstname: 'Lea', lastname: 'Dahl' })
  for (let run = 0; run < 3; run += 1) await syncOnce(world.sync)
  expect(world.activeCampaign.contacts()).toMatchObject([{ email: 'lea@example.com' }])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a qualified lead hands its contact over to the contact of D365, without a second one anywhere', async () => {
  const world = withLead()
  await syncOnce(world.sync)
  await world.clients.dynamics.qualifyLead(lead, {
    createContact: true,
    createAccount: false,
    createOpportunity: false,
  })
  for (let run = 0; run < 3; run += 1) await syncOnce(world.sync)
  expect(world.activeCampaign.contacts()).toHaveLength(1)
  const [contact] = world.dynamics.rows('contact')
  world.dynamics.update('contact', String(contact?.contactid), { firstname: 'Lea Maria' })
  await syncOnce(world.sync)
  expect(world.activeCampaign.contacts()).toMatchObject([{ firstName: 'Lea Maria' }])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a lead that opted out and is qualified: the plan that hands its contact over unsubscribes it', async () => {
  const world = withLead()
  world.dynamics.update('lead', lead, { donotbulkemail: true })
  await syncOnce(world.sync)
  const list = String(world.activeCampaign.insert('lists', { name: 'News' }).id)
  const contact = world.activeCampaign.contacts()[0]?.id ?? ''
  world.activeCampaign.insert('contactLists', { contact, list, status: '1' })
  // Signing up alone need not show in the contact.
  world.activeCampaign.updateContact(contact, { tags: ['signed up'] })
  await world.clients.dynamics.qualifyLead(lead, {
    createContact: true,
    createAccount: false,
    createOpportunity: false,
  })
  // The lists of who opted out have been read; that somebody put them on one since leaves no trace but there.
  const { plan, report } = await syncOnce(world.sync, { full: true })
  expect(plan.needs).toEqual([])
  expect(report.outcomes.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'move-link done',
    'unsubscribe-active-campaign-contact done',
  ])
  expect(world.activeCampaign.contacts()).toMatchObject([{ lists: { [list]: '2' } }])
  expect((await world.sync.plan()).actions).toEqual([])
})
