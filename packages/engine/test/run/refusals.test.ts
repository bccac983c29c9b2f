import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import {
  ActionsRefusedError,
  MissingFieldError,
  memoryState,
  RunFailedError,
  type StateStore,
} from '../../src/index.ts'
import { idOf, peopled } from '../support/peopled.ts'
import { createWorld, schema, type TestWorld } from '../support/world.ts'

const failureOf = async (run: Promise<unknown>): Promise<RunFailedError> => {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RunFailedError)) throw new TypeError(`no failed run: ${String(error)}`)
  return error
}

const contacts = {
  direction: 'bidirectional',
  fields: [...standardMappings.contacts, map('address1_city', 'CITY', { blank: 'clear' })],
} as const
const leads = { direction: 'bidirectional', fields: [...standardMappings.leads] } as const

const names = ({ activeCampaign }: TestWorld) =>
  activeCampaign.contacts().map(({ email, lastName }) => `${email} ${lastName}`)

test('a privilege that is missing for one table leaves the other table and ActiveCampaign in sync', async () => {
  const world = createWorld({ definition: defineSync(schema, { contacts, leads }) })
  for (let index = 1; index <= 5; index += 1) {
    const person = { firstname: 'P', lastname: 'Old' }
    world.dynamics.insert('contact', {
      contactid: idOf(index),
      emailaddress1: `c${index}@example.com`,
      ...person,
    })
    world.dynamics.insert('lead', { leadid: idOf(index), emailaddress1: `l${index}@example.com`, ...person })
  }
  await world.sync.run()
  for (const { id } of world.activeCampaign.contacts())
    world.activeCampaign.updateContact(id, { firstName: 'New' })
  world.dynamics.insert('contact', {
    contactid: idOf(99),
    emailaddress1: 'late@example.com',
    lastname: 'Late',
  })
  const body = JSON.stringify({
    error: { code: '0x80040220', message: 'Principal user is missing prvWriteContact privilege' },
  })
  world.dynamics.faults.each(
    { kind: 'rewrite', change: (answer) => ({ ...answer, status: 403, headers: {}, body }) },
    { method: 'PATCH', url: /contacts/ },
  )
  const error = await failureOf(world.sync.run())
  expect(error.cause).toBeInstanceOf(ActionsRefusedError)
  expect(error.report.error).toMatchObject({
    code: 'actions-refused',
    message: expect.stringContaining('update-dynamics-record of contacts'),
  })
  expect(world.dynamics.rows('lead').every(({ firstname }) => firstname === 'New')).toBe(true)
  expect(names(world)).toContain('late@example.com Late')
  expect(await Array.fromAsync(world.sync.setAsides.list())).toEqual([])
  const { entities } = await world.sync.health()
  expect(entities).toMatchObject({ contacts: { failing: { 'kind-refused': 5 } } })
  expect(entities).toMatchObject({ leads: { failing: {} } })
  // A plan tries nothing, so it knows no better.
  await world.sync.plan()
  expect((await world.sync.health()).entities).toMatchObject({ contacts: { failing: { 'kind-refused': 5 } } })
  world.dynamics.faults.clear()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed', entities: { contacts: { done: 5 } } })
})

test('contacts that may not be made leave the changes of others, and who opted out, in sync', async () => {
  const definition = defineSync(schema, { contacts, optOut: { direction: 'bidirectional' } })
  const world = peopled(12, { definition })
  await world.sync.run()
  const list = String(world.activeCampaign.insert('lists', { name: 'News' }).id)
  for (const { id: contact } of world.activeCampaign.contacts())
    world.activeCampaign.insert('contactLists', { contact, list, status: '1' })
  await world.sync.run({ full: true })
  world.dynamics.update('contact', idOf(1), { lastname: 'Changed' })
  world.dynamics.update('contact', idOf(2), { donotbulkemail: true })
  for (let index = 900; index < 903; index += 1)
    world.dynamics.insert('contact', { contactid: idOf(index), emailaddress1: `new${index}@example.com` })
  world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { method: 'POST', url: /contacts$/ })
  const { report } = await failureOf(world.sync.run())
  expect(report.entities).toMatchObject({ contacts: { failed: 3, setAside: 0 } })
  expect(names(world)).toContain('person1@example.com Changed')
  const optedOut = world.activeCampaign.contacts().find(({ email }) => email === 'person2@example.com')
  expect(optedOut?.lists).toEqual({ [list]: '2' })
  world.activeCampaign.faults.clear()
  expect(await world.sync.run()).toMatchObject({ ending: 'completed', entities: { contacts: { done: 3 } } })
})

test('a full run after one that was refused reads everything again', async () => {
  const world = peopled(2)
  await world.sync.run()
  world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { method: 'POST', url: /contacts$/ })
  world.dynamics.insert('contact', { contactid: idOf(900), emailaddress1: 'new@example.com' })
  await failureOf(world.sync.run({ full: true }))
  const id = world.activeCampaign.contacts()[0]?.id ?? ''
  world.activeCampaign.removeContact(id)
  await failureOf(world.sync.run({ full: true }))
  const kind = { side: 'activeCampaign', entity: 'contacts' } as const
  expect(await world.state.transaction('default', ({ records }) => records.find(kind, [id]))).toEqual([])
})

test('a custom field that is removed holds what writes it; nobody loses a value, and everything else goes on', async () => {
  const world = peopled(3, { definition: defineSync(schema, { contacts }) })
  for (const index of [1, 2, 3]) world.dynamics.update('contact', idOf(index), { address1_city: 'Graz' })
  await world.sync.run()
  const field = world.activeCampaign.fields().find(({ perstag }) => perstag === 'CITY')
  world.activeCampaign.remove('fields', field?.id ?? '')
  world.dynamics.update('contact', idOf(1), { lastname: 'Changed' })
  world.dynamics.update('contact', idOf(2), { address1_city: 'Wien' })
  const third = world.activeCampaign.contacts().find(({ email }) => email === 'person3@example.com')
  world.activeCampaign.updateContact(third?.id ?? '', { lastName: 'There' })
  const error = await failureOf(world.sync.run())
  expect(error.cause).toBeInstanceOf(MissingFieldError)
  expect(names(world)).toContain('person1@example.com Changed')
  expect(world.dynamics.rows('contact').map(({ lastname }) => lastname)).toContain('There')
  const cities = () => world.dynamics.rows('contact').map(({ address1_city: city }) => city)
  expect(cities()).toEqual(['Graz', 'Wien', 'Graz'])
  expect((await world.sync.health()).entities).toMatchObject({
    contacts: { failing: { 'missing-field': 1 } },
  })
})

/** A state that fails from the moment on at which it knows that the field is there again. */
const failingState = () => {
  const store = memoryState()
  let failing = false
  let healed = false
  const state: StateStore = {
    ...store,
    transaction: async (tenant, work, options) => {
      if (failing) throw new Error('no connection')
      const result = await store.transaction(tenant, work, options)
      const missing = await store.transaction(tenant, ({ cursors }) =>
        cursors.get('activecampaign/missing-fields'),
      )
      failing = !healed && missing === ''
      return result
    },
  }
  const heal = (): void => {
    healed = true
    failing = false
  }
  return { state, heal }
}

const cityOf = async ({ state, activeCampaign }: TestWorld, address: string): Promise<unknown> => {
  const ids = activeCampaign.contacts().flatMap(({ id, email }) => (email === address ? [id] : []))
  const kind = { side: 'activeCampaign', entity: 'contacts' } as const
  const [contact] = await state.transaction('default', ({ records }) => records.find(kind, ids))
  return contact?.fields.CITY
}

const beforeTheRun: Record<string, (world: TestWorld) => Promise<unknown>> = {
  'by a run': async () => undefined,
  'by a plan': async (world) => {
    await world.sync.plan()
    expect(await cityOf(world, 'new@example.com')).toBe('Linz')
  },
  'by a run, not for a single record': async (world) => {
    const record = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const
    expect(await world.sync.runRecord(record)).toMatchObject({ status: 'queued' })
  },
}

/** People in a world whose account lacked CITY for two runs, in which a contact came with one. */
const withFieldBack = async (options: Parameters<typeof peopled>[1] = {}): Promise<TestWorld> => {
  const fields = [...standardMappings.contacts, map('address1_city', 'CITY')]
  const definition = defineSync(schema, { contacts: { ...contacts, fields } })
  const world = peopled(3, { definition, ...options })
  for (const index of [1, 2, 3]) world.dynamics.update('contact', idOf(index), { address1_city: 'Graz' })
  await world.sync.run()
  const field = world.activeCampaign.fields().find(({ perstag }) => perstag === 'CITY')
  world.activeCampaign.update('fields', field?.id ?? '', { perstag: 'TOWN' })
  const { id } = world.activeCampaign.insertContact({ email: 'new@example.com', tags: ['[D365: Contact]'] })
  world.activeCampaign.insert('fieldValues', { contact: id, field: field?.id ?? '', value: 'Linz' })
  await failureOf(world.sync.run())
  await world.clock.sleep(3_600_000)
  // A reading of what changed would not show it any more.
  await failureOf(world.sync.run())
  await world.clock.sleep(3_600_000)
  world.activeCampaign.update('fields', field?.id ?? '', { perstag: 'CITY' })
  return world
}

const expectKept = async (world: TestWorld): Promise<void> => {
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect(await cityOf(world, 'new@example.com')).toBe('Linz')
  expect(world.dynamics.rows('contact').every(({ address1_city: city }) => city === 'Graz')).toBe(true)
}

test.each(Object.entries(beforeTheRun))(
  'a custom field that is there again is read anew, of everybody, %s',
  async (_, before) => {
    const world = await withFieldBack()
    await before(world)
    await expectKept(world)
  },
)

test('a custom field that is there again is read anew, also where the run that saw it got no further', async () => {
  const failing = failingState()
  const world = await withFieldBack({ state: failing.state })
  await world.sync.run().catch(() => undefined)
  failing.heal()
  await expectKept(world)
})
