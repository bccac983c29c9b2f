/** A plan is applied later, and meanwhile somebody made a record that it knows nothing of. */
import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createCompanyWorld } from './support/company-world.ts'
import { createWorld, schema } from './support/world.ts'

const goingBothWays = (inActiveCampaign: 'delete' | 'deactivate') =>
  defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      fields: [...standardMappings.contacts],
      deleted: { inDynamics: 'delete', inActiveCampaign },
    },
    leads: { direction: 'bidirectional', fields: [...standardMappings.leads] },
    guards: { maxDeletes: 10 },
  })

const outcomesOf = ({
  outcomes,
}: {
  readonly outcomes: readonly { status: string; code: string | null }[]
}) => outcomes.map(({ status, code }) => [status, code])

test.each(['contact', 'lead'] as const)('a %s of that e-mail: no second row is made', async (table) => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'tagged',
      fields: [...standardMappings.contacts],
    },
    leads: { direction: 'bidirectional', fields: [...standardMappings.leads] },
  })
  const world = createWorld({ definition })
  world.activeCampaign.insertContact({ email: 'ada@example.com', lastName: 'Ada', tags: ['[D365: Contact]'] })
  const plan = await world.sync.plan()
  expect(plan.actions).toMatchObject([{ kind: 'create-dynamics-record' }])
  world.dynamics.insert(table, { emailaddress1: 'Ada@example.com', lastname: 'Ada' })
  expect(outcomesOf(await world.sync.apply(plan))).toEqual([['stale', 'row-exists']])
  expect([...world.dynamics.rows('contact'), ...world.dynamics.rows('lead')]).toHaveLength(1)
  await world.sync.run()
  expect([...world.dynamics.rows('contact'), ...world.dynamics.rows('lead')]).toHaveLength(1)
})

test('an account of that name: no second row is made', async () => {
  const world = createCompanyWorld()
  world.activeCampaign.insert('accounts', { name: 'Contoso' })
  const plan = await world.sync.plan()
  world.dynamics.insert('account', { name: 'CONTOSO' })
  expect(outcomesOf(await world.sync.apply(plan))).toEqual([['stale', 'row-exists']])
  expect(world.dynamics.rows('account')).toHaveLength(1)
})

test('one more row with another e-mail keeps nobody from becoming one', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'all',
      fields: [...standardMappings.contacts, map('jobtitle', 'POSITION')],
      match: [
        { dynamics: 'emailaddress1', activeCampaign: 'email' },
        { dynamics: 'telephone1', activeCampaign: 'phone' },
      ],
    },
  })
  const world = createWorld({ definition })
  world.activeCampaign.insertContact({ email: 'ada@example.com', lastName: 'Ada', phone: '+47 22' })
  const plan = await world.sync.plan()
  world.dynamics.insert('contact', { emailaddress1: 'spouse@example.com', telephone1: '+47 22' })
  expect(outcomesOf(await world.sync.apply(plan))).toEqual([['done', null]])
})

test('a row of the person whose row was deleted: the contact is not deleted, and it is theirs', async () => {
  const world = createWorld({ definition: goingBothWays('delete') })
  const first = world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', lastname: 'Ada' })
  await world.sync.run()
  const [contact] = world.activeCampaign.contacts()
  world.dynamics.remove('contact', first)
  const plan = await world.sync.plan()
  expect(plan.actions).toMatchObject([{ kind: 'delete-active-campaign-contact' }])
  world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', lastname: 'Ada' })
  expect(outcomesOf(await world.sync.apply(plan))).toEqual([['stale', 'taken-over']])
  await world.sync.run()
  expect(world.activeCampaign.contacts()).toMatchObject([{ id: contact?.id }])
  expect((await world.sync.plan()).actions).toEqual([])
})

test.each([
  ['delete', 'delete-dynamics-record'],
  ['deactivate', 'deactivate-dynamics-record'],
] as const)(
  'a contact of the person whose contact was deleted: the row stays for them (%s)',
  async (inActiveCampaign, kind) => {
    const world = createWorld({ definition: goingBothWays(inActiveCampaign) })
    const row = world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', lastname: 'Ada' })
    await world.sync.run()
    const [contact] = world.activeCampaign.contacts()
    world.activeCampaign.removeContact(contact?.id ?? '')
    const plan = await world.sync.plan({ full: true })
    expect(plan.actions).toMatchObject([{ kind }])
    const { id } = world.activeCampaign.insertContact({ email: 'ada@example.com', lastName: 'Ada' })
    expect(outcomesOf(await world.sync.apply(plan))).toEqual([['stale', 'taken-over']])
    await world.sync.run()
    expect(world.dynamics.rows('contact')).toMatchObject([{ contactid: row }])
    expect(world.activeCampaign.contacts()).toMatchObject([{ id }])
    expect((await world.sync.plan()).actions).toEqual([])
  },
)

test('a row that takes part no more is not kept for the contact that has its e-mail, run after run', async () => {
  const world = createWorld({ definition: goingBothWays('delete') })
  const row = world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', lastname: 'Ada' })
  await world.sync.run()
  const [contact] = world.activeCampaign.contacts()
  world.dynamics.update('contact', row, { statecode: 1 })
  await world.sync.run()
  world.activeCampaign.removeContact(contact?.id ?? '')
  world.activeCampaign.insertContact({ email: 'ada@example.com', lastName: 'Ada' })
  const plan = await world.sync.plan({ full: true })
  expect(plan.actions).toMatchObject([{ kind: 'delete-dynamics-record' }])
  expect(outcomesOf(await world.sync.apply(plan))).toEqual([['done', null]])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('what nobody has taken is deleted', async () => {
  const world = createWorld({ definition: goingBothWays('delete') })
  const row = world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', lastname: 'Ada' })
  await world.sync.run()
  world.dynamics.remove('contact', row)
  const plan = await world.sync.plan()
  world.dynamics.insert('contact', { emailaddress1: 'other@example.com', lastname: 'Other' })
  expect(outcomesOf(await world.sync.apply(plan))).toEqual([['done', null]])
  expect(world.activeCampaign.contacts()).toEqual([])
})

test('a contact that does not meet the inbound scope any more becomes no row', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'all',
      inboundScope: { CITY: 'Oslo' },
      fields: [...standardMappings.contacts],
    },
  })
  const world = createWorld({ definition })
  const { id } = world.activeCampaign.insertContact({ email: 'ada@example.com', fields: { CITY: 'Oslo' } })
  const plan = await world.sync.plan()
  expect(plan.actions).toMatchObject([{ kind: 'create-dynamics-record' }])
  world.activeCampaign.updateContact(id, { fields: { CITY: 'Bergen' } })
  expect(outcomesOf(await world.sync.apply(plan))).toEqual([['stale', 'record-changed']])
  expect(world.dynamics.rows('contact')).toEqual([])
})
