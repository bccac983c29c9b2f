/** Rows that are merged, leads that are qualified, contacts that are merged in ActiveCampaign: through both simulators. */
import { contact, lead } from '@dynacamp/dynamics-client'
import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema, syncOnce } from './support/world.ts'

const ada = '11111111-1111-4111-8111-111111111111'
const bea = '22222222-2222-4222-8222-222222222222'
const cem = '33333333-3333-4333-8333-333333333333'

const fields = [...standardMappings.contacts]
const definition = defineSync(schema, { contacts: { direction: 'bidirectional', fields } })

const person = (contactid: string, name: string) => ({
  contactid,
  emailaddress1: `${name.toLowerCase()}@example.com`,
  firstname: name,
  lastname: 'Byron',
})

const kindsOf = ({ plan }: Awaited<ReturnType<typeof syncOnce>>) => plan.actions.map(({ kind }) => kind)

const emailsOf = ({ activeCampaign }: ReturnType<typeof createWorld>) =>
  activeCampaign.contacts().map(({ email }) => email)

test('the link of a merged row moves to the surviving one, and changes flow from there', async () => {
  const world = createWorld({ definition })
  world.dynamics.insert('contact', person(ada, 'Ada'))
  await syncOnce(world.sync)
  world.dynamics.insert('contact', person(bea, 'Bea'))
  await world.clients.dynamics.merge(contact, {
    survivorId: bea,
    mergedId: ada,
    update: { firstname: 'Ada' },
  })
  const { plan } = await syncOnce(world.sync)
  expect(plan.actions.map(({ kind }) => kind)).toEqual(['move-link'])
  expect(plan.holds.map(({ field }) => field)).toEqual(['emailaddress1:email'])
  expect(emailsOf(world)).toEqual(['ada@example.com'])
  world.dynamics.update('contact', bea, { emailaddress1: 'ada@example.com', lastname: 'Lovelace' })
  await syncOnce(world.sync)
  expect(world.activeCampaign.contacts()).toMatchObject([{ email: 'ada@example.com', lastName: 'Lovelace' }])
  expect(await world.sync.plan()).toMatchObject({ actions: [], holds: [] })
})

test('two rows merged into a third: what was merged before is followed to its end', async () => {
  const world = createWorld({ definition })
  world.dynamics.insert('contact', person(ada, 'Ada'))
  await syncOnce(world.sync)
  world.dynamics.insert('contact', person(bea, 'Bea'))
  world.dynamics.insert('contact', { ...person(cem, 'Ada'), contactid: cem })
  await world.clients.dynamics.merge(contact, { survivorId: bea, mergedId: ada })
  await world.clients.dynamics.merge(contact, { survivorId: cem, mergedId: bea })
  expect(kindsOf(await syncOnce(world.sync))).toEqual(['move-link'])
  expect(emailsOf(world)).toEqual(['ada@example.com'])
  expect((await world.sync.plan()).actions).toEqual([])
})

test.each([
  ['that of the surviving row', 'bea@example.com', 'unlink-records'],
  ['that of the merged row', 'ada@example.com', 'move-link'],
])('both rows have contacts: held until the contacts are merged too; %s stays', async (_, stays, kind) => {
  const world = createWorld({ definition })
  world.dynamics.insert('contact', person(ada, 'Ada'))
  world.dynamics.insert('contact', person(bea, 'Bea'))
  await syncOnce(world.sync)
  await world.clients.dynamics.merge(contact, { survivorId: bea, mergedId: ada })
  const { plan } = await syncOnce(world.sync)
  expect(plan.actions).toEqual([])
  expect(plan.holds.map(({ reason }) => reason.code)).toEqual(['several-contacts'])
  const idOf = (email: string) => world.activeCampaign.contacts().find((one) => one.email === email)?.id ?? ''
  const goes = stays.startsWith('ada') ? 'bea@example.com' : 'ada@example.com'
  world.activeCampaign.mergeContacts(idOf(stays), idOf(goes))
  expect(kindsOf(await syncOnce(world.sync, { full: true }))).toEqual([kind])
  expect(emailsOf(world)).toEqual([stays])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('contacts merged in ActiveCampaign: the row follows the one that has its address', async () => {
  const deleting = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields, deleted: { inActiveCampaign: 'delete' } },
    guards: { maxDeletes: 5 },
  })
  const world = createWorld({ definition: deleting })
  world.dynamics.insert('contact', person(ada, 'Ada'))
  await syncOnce(world.sync)
  const [old] = world.activeCampaign.contacts()
  const { id } = world.activeCampaign.insertContact({
    email: 'other@example.com',
    firstName: 'Ada',
    lastName: 'Byron',
  })
  world.activeCampaign.mergeContacts(id, old?.id ?? '')
  world.activeCampaign.updateContact(id, { email: 'ada@example.com' })
  expect(kindsOf(await syncOnce(world.sync, { full: true }))).toEqual(['move-link'])
  expect(world.dynamics.rows('contact')).toHaveLength(1)
  world.dynamics.update('contact', ada, { lastname: 'Lovelace' })
  await syncOnce(world.sync)
  expect(world.activeCampaign.contacts()).toMatchObject([{ id, lastName: 'Lovelace' }])
})

const withLeads = defineSync(schema, {
  contacts: { direction: 'bidirectional', fields },
  leads: { direction: 'bidirectional', fields: [...standardMappings.leads] },
})

test('a lead qualified to a contact that was there before, with another e-mail, hands its link over', async () => {
  const world = createWorld({ definition: withLeads })
  const row = { emailaddress1: 'lea@example.com', firstname: 'Lea', lastname: 'Dahl' }
  world.dynamics.insert('lead', { ...row, leadid: cem, subject: 'Demo' })
  await syncOnce(world.sync)
  world.dynamics.insert('contact', { ...row, contactid: bea, emailaddress1: 'lea@home.example' })
  world.dynamics.update('lead', cem, { 'parentcontactid@odata.bind': `/contacts(${bea})` })
  await world.clients.dynamics.qualifyLead(cem, {
    createContact: true,
    createAccount: false,
    createOpportunity: false,
  })
  expect(kindsOf(await syncOnce(world.sync))).toEqual(['move-link'])
  expect(emailsOf(world)).toEqual(['lea@example.com'])
  world.dynamics.update('contact', bea, { lastname: 'Holm', emailaddress1: 'lea@example.com' })
  await syncOnce(world.sync)
  expect(world.activeCampaign.contacts()).toMatchObject([{ lastName: 'Holm' }])
  expect(await world.sync.plan()).toMatchObject({ actions: [], holds: [] })
})

test('merged leads move their link like merged contacts', async () => {
  const world = createWorld({ definition: withLeads })
  const row = { emailaddress1: 'lea@example.com', firstname: 'Lea', lastname: 'Dahl', subject: 'Demo' }
  world.dynamics.insert('lead', { ...row, leadid: ada })
  await syncOnce(world.sync)
  world.dynamics.insert('lead', { ...row, leadid: bea })
  await world.clients.dynamics.merge(lead, { survivorId: bea, mergedId: ada })
  expect(kindsOf(await syncOnce(world.sync))).toEqual(['move-link'])
  expect((await world.sync.plan()).actions).toEqual([])
})
