import { PlanError } from '@dynacamp/core'
import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { describe, expect, test } from 'vitest'
import { OtherDefinitionError } from '../src/index.ts'
import { createWorld, schema, syncOnce } from './support/world.ts'

const ada = '11111111-1111-4111-8111-111111111111'
const bea = '22222222-2222-4222-8222-222222222222'

const withAda = (row: Record<string, unknown> = {}) => {
  const world = createWorld()
  const values = {
    contactid: ada,
    emailaddress1: 'ada@example.com',
    firstname: 'Ada',
    lastname: 'Byron',
    ...row,
  }
  world.dynamics.insert('contact', values)
  return world
}

const onlyContact = ({ activeCampaign }: ReturnType<typeof createWorld>) => {
  const [contact, ...more] = activeCampaign.contacts()
  expect(more).toEqual([])
  if (!contact) throw new Error('there is no contact')
  return contact
}

const rowOf = ({ dynamics }: ReturnType<typeof createWorld>, id: string) => {
  const row = dynamics.rows('contact').find(({ contactid }) => contactid === id)
  if (!row) throw new Error(`there is no row ${id}`)
  return row
}

describe('from D365 to ActiveCampaign', () => {
  test('a row becomes a contact with its custom fields, and then nothing is left to do', async () => {
    const world = withAda({ jobtitle: 'Analyst', new_interests: '1,2' })
    const { plan, report } = await syncOnce(world.sync)
    expect(plan.actions.map(({ kind }) => kind)).toEqual(['create-active-campaign-contact'])
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done'])
    const contact = onlyContact(world)
    expect(contact).toMatchObject({ email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron' })
    expect(contact.fields).toMatchObject({ POSITION: 'Analyst', INTERESTS: '||Cycling||Music||' })
    expect((await world.sync.plan()).actions).toEqual([])
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  test('a change follows, and its echo causes nothing', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, { firstname: 'Augusta', jobtitle: 'Countess' })
    const { plan } = await syncOnce(world.sync)
    expect(plan.actions.map(({ kind }) => kind)).toEqual(['update-active-campaign-contact'])
    expect(onlyContact(world)).toMatchObject({ firstName: 'Augusta' })
    expect(onlyContact(world).fields).toMatchObject({ POSITION: 'Countess' })
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('a contact that people delete between the look and the write does not give the row its rewritten address', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    const { id } = onlyContact(world)
    world.dynamics.update('contact', ada, { firstname: 'Augusta' })
    const remove = { kind: 'meanwhile', run: () => world.activeCampaign.removeContact(id) } as const
    world.activeCampaign.faults.next(remove, { operation: 'contacts.update' })
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes.map(({ status }) => status)).toEqual(['stale'])
    await syncOnce(world.sync)
    expect(rowOf(world, ada)).toMatchObject({ emailaddress1: 'ada@example.com' })
  })

  test('a changed e-mail follows the link: no second contact', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, { emailaddress1: 'countess@example.com' })
    await syncOnce(world.sync)
    expect(onlyContact(world)).toMatchObject({ email: 'countess@example.com' })
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('two rows with one e-mail are held, and nobody is created', async () => {
    const world = withAda()
    world.dynamics.insert('contact', { contactid: bea, emailaddress1: 'ADA@example.com', lastname: 'Other' })
    const { plan } = await syncOnce(world.sync)
    expect(plan.holds.map(({ dynamicsId, reason }) => [dynamicsId, reason.code])).toEqual([
      [ada, 'shared-key'],
      [bea, 'shared-key'],
    ])
    expect(world.activeCampaign.contacts()).toEqual([])
  })
})

describe('from ActiveCampaign to D365', () => {
  test('a contact becomes a row only when it is tagged for it', async () => {
    const world = createWorld()
    world.activeCampaign.insertContact({ email: 'carl@example.com', firstName: 'Carl' })
    const { plan } = await syncOnce(world.sync)
    expect(plan.skips.map(({ reason }) => reason.code)).toEqual(['not-asked-for'])
    expect(world.dynamics.rows('contact')).toEqual([])

    const [contact] = world.activeCampaign.contacts()
    world.activeCampaign.updateContact(contact?.id ?? '', { tags: ['[D365: Contact]'] })
    const second = await syncOnce(world.sync)
    expect(second.plan.actions.map(({ kind }) => kind)).toEqual(['create-dynamics-record'])
    expect(world.dynamics.rows('contact')).toMatchObject([
      { emailaddress1: 'carl@example.com', firstname: 'Carl' },
    ])
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('a changed custom field follows', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.activeCampaign.updateContact(onlyContact(world).id, {
      fields: { CITY: 'London', INTERESTS: ['Music'] },
    })
    await syncOnce(world.sync)
    expect(rowOf(world, ada)).toMatchObject({ address1_city: 'London', new_interests: '2' })
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('a deleted contact is found by a full read and not made again', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.activeCampaign.removeContact(onlyContact(world).id)
    const { plan } = await syncOnce(world.sync, { full: true })
    expect(plan.actions.filter(({ kind }) => kind.startsWith('create'))).toEqual([])
    expect(world.activeCampaign.contacts()).toEqual([])
    expect([...plan.skips, ...plan.holds].map(({ reason }) => reason.code)).toContain('deleted')
  })
})

describe('both sides', () => {
  test('records that agree are linked without a write', async () => {
    const world = withAda()
    world.activeCampaign.insertContact({ email: 'Ada@Example.com', firstName: 'Ada', lastName: 'Byron' })
    const { plan } = await syncOnce(world.sync)
    expect(plan.actions.map(({ kind }) => kind)).toEqual(['link-records'])
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('a field that both changed goes by its policy, another field of the same record does not mind', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, {
      lastname: 'Lovelace',
      address1_city: 'Paris',
      firstname: 'Augusta',
    })
    world.activeCampaign.updateContact(onlyContact(world).id, {
      lastName: 'King',
      phone: '+44 20 7946 0001',
      fields: { CITY: 'London' },
    })
    const { plan } = await syncOnce(world.sync)
    expect(plan.conflicts.map(({ field, winner }) => [field, winner])).toEqual([
      ['address1_city:CITY', 'activeCampaign'],
      ['lastname:lastName', 'dynamics'],
    ])
    expect(rowOf(world, ada)).toMatchObject({
      lastname: 'Lovelace',
      firstname: 'Augusta',
      address1_city: 'London',
      telephone1: '+44 20 7946 0001',
    })
    expect(onlyContact(world)).toMatchObject({ lastName: 'Lovelace', firstName: 'Augusta' })
    expect((await world.sync.plan()).actions).toEqual([])
  })
})

describe('a plan that is applied later', () => {
  test('leaves alone a row that changed in D365 meanwhile, and says so', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.activeCampaign.updateContact(onlyContact(world).id, { lastName: 'King' })
    const plan = await world.sync.plan()
    world.dynamics.update('contact', ada, { lastname: 'Lovelace' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, code }) => [status, code])).toEqual([['stale', 'record-changed']])
    expect(rowOf(world, ada)).toMatchObject({ lastname: 'Lovelace' })
  })

  test('leaves alone a contact that changed in ActiveCampaign meanwhile, and says so', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, { lastname: 'Lovelace' })
    const plan = await world.sync.plan()
    world.activeCampaign.updateContact(onlyContact(world).id, { lastName: 'King' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, code }) => [status, code])).toEqual([['stale', 'record-changed']])
    expect(onlyContact(world)).toMatchObject({ lastName: 'King' })
  })

  test('does not overwrite a contact that somebody made meanwhile', async () => {
    const world = withAda()
    const plan = await world.sync.plan()
    world.activeCampaign.insertContact({ email: 'ada@example.com', firstName: 'Adele' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, code }) => [status, code])).toEqual([['stale', 'contact-exists']])
    expect(onlyContact(world)).toMatchObject({ firstName: 'Adele' })
  })

  test('leaves alone a row that changes in the very moment of the write', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.activeCampaign.updateContact(onlyContact(world).id, { lastName: 'King' })
    const plan = await world.sync.plan()
    const edit = () => world.dynamics.update('contact', ada, { lastname: 'Lovelace' })
    world.dynamics.faults.next({ kind: 'meanwhile', run: edit }, { method: 'PATCH' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, code }) => [status, code])).toEqual([['stale', 'row-changed']])
    expect(rowOf(world, ada)).toMatchObject({ lastname: 'Lovelace' })
  })

  test('leaves alone a contact that changes between the first look and the second', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, { lastname: 'Lovelace' })
    const plan = await world.sync.plan()
    const { id } = onlyContact(world)
    const edit = () => void world.activeCampaign.updateContact(id, { lastName: 'King' })
    world.activeCampaign.faults.next(
      { kind: 'meanwhile', run: edit },
      { url: new RegExp(`/contacts/${id}$`) },
    )
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, code }) => [status, code])).toEqual([['stale', 'contact-changed']])
    expect(onlyContact(world)).toMatchObject({ lastName: 'King' })
  })

  test('makes no contact for a row that was deleted meanwhile', async () => {
    const world = withAda()
    const plan = await world.sync.plan()
    world.dynamics.remove('contact', ada)
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status }) => status)).toEqual(['stale'])
    expect(world.activeCampaign.contacts()).toEqual([])
  })

  test('makes no row for a contact that was deleted meanwhile', async () => {
    const world = createWorld()
    const { id } = world.activeCampaign.insertContact({ email: 'eve@example.com', tags: ['[D365: Contact]'] })
    const plan = await world.sync.plan()
    world.activeCampaign.removeContact(id)
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, code }) => [status, code])).toEqual([['stale', 'contact-gone']])
    expect(world.dynamics.rows('contact')).toEqual([])
  })

  test('a contact found deleted is not tried again and again', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    world.activeCampaign.removeContact(onlyContact(world).id)
    world.dynamics.update('contact', ada, { firstname: 'Augusta' })
    await syncOnce(world.sync)
    const { plan } = await syncOnce(world.sync)
    expect(plan.actions).toEqual([])
    expect(plan.skips.map(({ reason }) => reason.code)).toEqual(['deleted'])
  })

  test('is refused when it was made for another definition, before any call', async () => {
    const world = withAda()
    const other = defineSync(schema, {
      contacts: { direction: 'outbound', fields: [...standardMappings.contacts] },
    })
    const plan = await world.newSync({ definition: other }).plan()
    const before = world.activeCampaign.calls.total
    await expect(world.sync.apply(plan)).rejects.toThrow(OtherDefinitionError)
    expect(world.activeCampaign.calls.total).toBe(before)
  })

  test('is refused when it was edited, before any call', async () => {
    const world = withAda()
    const plan = await world.sync.plan()
    const before = world.activeCampaign.calls.total
    await expect(world.sync.apply({ ...plan, guards: [], holds: [], actions: [] })).rejects.toThrow(PlanError)
    expect(world.activeCampaign.calls.total).toBe(before)
  })
})

describe('what was read', () => {
  test('by an earlier definition does not count as cleared when that definition comes back', async () => {
    const withCity = defineSync(schema, {
      contacts: {
        direction: 'bidirectional',
        fields: [...standardMappings.contacts, map('address1_city', 'CITY', { blank: 'clear' })],
      },
    })
    const without = defineSync(schema, {
      contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
    })
    const world = withAda({ address1_city: 'Paris' })
    for (const definition of [withCity, without, withCity]) await syncOnce(world.newSync({ definition }))
    expect(onlyContact(world).fields).toMatchObject({ CITY: 'Paris' })
    expect(rowOf(world, ada)).toMatchObject({ address1_city: 'Paris' })
  })

  test('and cannot be understood is no blank: who has it is held', async () => {
    const world = createWorld()
    for (let person = 0; person < 3; person += 1) {
      world.activeCampaign.insertContact({ email: `p${person}@example.com`, fields: { CITY: 'Oslo' } })
    }
    world.activeCampaign.faults.each(
      {
        kind: 'rewrite',
        change: (answer) => ({
          ...answer,
          body: String(answer.body).replace('"value":"Oslo"', '"value":{}'),
        }),
      },
      { url: /fieldValues/ },
    )
    const { actions, holds } = await world.sync.plan()
    expect(actions).toEqual([])
    expect(holds.map(({ reason }) => reason.code)).toEqual(Array(3).fill('unreadable'))
    world.activeCampaign.faults.clear()
    await expect(world.sync.plan()).resolves.toMatchObject({ actions: [], holds: [] })
  })

  test('of a tag that was taken away asks for nothing', async () => {
    const world = createWorld()
    const { id } = world.activeCampaign.insertContact({ email: 'eve@example.com', tags: ['[D365: Contact]'] })
    expect((await world.sync.plan()).actions).toHaveLength(1)
    const { contactTags } = world.clients.activeCampaign
    for await (const { tag } of contactTags.listForContact(id)) await contactTags.remove({ contact: id, tag })
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  test('while another plan was being made is not lost', async () => {
    const world = withAda()
    await syncOnce(world.sync)
    const plans = [world.sync.plan(), world.sync.plan()]
    world.dynamics.update('contact', ada, { firstname: 'Augusta' })
    await Promise.all(plans)
    await syncOnce(world.sync)
    expect(onlyContact(world)).toMatchObject({ firstName: 'Augusta' })
  })
})

test('a text too long to be anybody’s key matches nobody and stops nobody', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      fields: [...standardMappings.contacts, map('jobtitle', 'POSITION')],
      match: [
        { dynamics: 'emailaddress1', activeCampaign: 'email' },
        { dynamics: 'jobtitle', activeCampaign: 'POSITION' },
      ],
    },
  })
  const world = createWorld({ definition })
  const long = Array.from({ length: 5_000 }, (_, index) => ((index * 7919) % 9973).toString(36)).join(' ')
  world.activeCampaign.insertContact({ email: 'ada@example.com', fields: { POSITION: long } })
  world.dynamics.insert('contact', { emailaddress1: 'bea@example.com', lastname: 'Bea' })
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect(world.activeCampaign.contacts()).toHaveLength(2)
})
