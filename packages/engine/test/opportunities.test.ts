/** Opportunities over HTTP: the real clients and executors against both simulators. */
import { renderPlan } from '@dynacamp/core'
import { defineSync, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import { describe, expect, test } from 'vitest'
import { memoryState } from '../src/index.ts'
import {
  addOpportunity,
  contactId,
  fields,
  opportunityId,
  opportunityWorld,
  recordCalls,
  recordsOf,
} from './support/opportunity-world.ts'
import { syncOnce, type TestWorld } from './support/world.ts'

type Plan = Awaited<ReturnType<typeof syncOnce>>['plan']

const kinds = ({ actions }: Plan): readonly string[] => actions.map(({ kind }) => kind)
const codes = ({ holds, skips }: Plan): readonly string[] =>
  [...holds, ...skips].map(({ reason }) => reason.code)
const contactOf = ({ activeCampaign }: TestWorld, n: number) =>
  activeCampaign.contacts().find(({ email }) => email === `person${n}@example.com`)
const schemaOf = async ({ clients }: TestWorld) => {
  const [schema] = await clients.activeCampaign.customObjects.schemas.list().toArray()
  if (schema === undefined) throw new Error('there is no custom object')
  return schema
}
describe('the first sync', () => {
  test('makes the object, and a record on its contact for each opportunity', async () => {
    const world = opportunityWorld(2)
    const { plan, report } = await syncOnce(world.sync)
    expect(kinds(plan)).toEqual([
      'create-active-campaign-contact',
      'create-active-campaign-contact',
      'create-active-campaign-record',
      'create-active-campaign-record',
      'create-custom-object',
    ])
    expect(report.outcomes.filter(({ status }) => status !== 'done')).toEqual([])
    const [first, second] = await recordsOf(world)
    expect(first).toMatchObject({
      externalId: opportunityId(1),
      fields: { name: 'Deal 1', 'estimated-value': '100050', rating: 'Hot', 'close-date': '2026-12-24' },
      relationships: { 'primary-contact': [contactOf(world, 1)?.id] },
    })
    expect(second?.relationships).toEqual({ 'primary-contact': [contactOf(world, 2)?.id] })
    const schema = await schemaOf(world)
    expect(schema.labels).toEqual({ singular: 'D365 Opportunity', plural: 'D365 Opportunities' })
    expect(schema.fields.map(({ id, type, required }) => [id, type, required])).toEqual([
      ['name', 'text', true],
      ['estimated-value', 'currency', false],
      ['rating', 'dropdown', false],
      ['close-date', 'date', false],
    ])
    // One call each: nobody can have made them before.
    expect(recordCalls(world)).toMatchObject({ writes: 2, looks: 0 })
  })

  test('finds an object that is there among hundreds, and the records of an earlier state', async () => {
    const world = opportunityWorld(1)
    const { schemas } = world.clients.activeCampaign.customObjects
    const labels = { singular: 'Other', plural: 'Others' }
    for (let n = 0; n < 120; n += 1) {
      await schemas.create({ slug: `other-${n}`, labels, fields: [], relationships: [] })
    }
    await syncOnce(world.sync)
    const before = await recordsOf(world)
    expect(before).toHaveLength(1)
    const again = world.newSync({ state: memoryState() })
    const { plan } = await syncOnce(again)
    expect(kinds(plan)).toEqual(['link-records', 'link-records'])
    expect(await recordsOf(world)).toEqual(before)
    expect((await again.plan()).actions).toEqual([])
  })

  test('of many people waits for the bulk import that makes them', async () => {
    const world = opportunityWorld(12)
    const { report } = await syncOnce(world.sync)
    expect(world.activeCampaign.calls.byOperation['contacts.create'] ?? 0).toBe(0)
    expect(report.outcomes.filter(({ status }) => status !== 'done')).toEqual([])
    expect(report.outcomes).toHaveLength(25)
    const records = await recordsOf(world)
    expect(records.map(({ relationships }) => relationships?.['primary-contact']?.[0])).toEqual(
      records.map((_, index) => contactOf(world, index + 1)?.id),
    )
    expect(recordCalls(world)).toMatchObject({ writes: 12, looks: 0 })
  })

  test('holds what no record can be without', async () => {
    const world = opportunityWorld(0)
    world.dynamics.insert('contact', { contactid: contactId(1), emailaddress1: 'person1@example.com' })
    addOpportunity(world, 1, { name: '  ' })
    const { plan } = await syncOnce(world.sync)
    expect(codes(plan)).toEqual(['required-blank'])
    expect(await recordsOf(world)).toEqual([])
    world.dynamics.update('opportunity', opportunityId(1), { name: 'Named now' })
    await syncOnce(world.sync)
    expect(await recordsOf(world)).toMatchObject([{ fields: { name: 'Named now' } }])
  })
})

describe('a later run', () => {
  test('writes nothing where nothing changed, and reads no record', async () => {
    const world = opportunityWorld(3)
    await syncOnce(world.sync)
    expect((await world.sync.plan()).actions).toEqual([])
    const records = await recordsOf(world)
    const before = recordCalls(world)
    expect((await syncOnce(world.sync)).plan.actions).toEqual([])
    expect(recordCalls(world)).toEqual(before)
    expect((await syncOnce(world.sync, { full: true })).plan.actions).toEqual([])
    expect(await recordsOf(world)).toEqual(records)
  })

  test('writes the one record that changed, with all its fields', async () => {
    const world = opportunityWorld(2)
    await syncOnce(world.sync)
    const [, untouched] = await recordsOf(world)
    world.dynamics.update('opportunity', opportunityId(1), {
      name: 'Renamed',
      opportunityratingcode: null,
      estimatedvalue: null,
    })
    const { plan } = await syncOnce(world.sync)
    expect(kinds(plan)).toEqual(['update-active-campaign-record'])
    const [changed, other] = await recordsOf(world)
    // `rating` says blank: clear; the others ignore a blank.
    expect(changed?.fields).toEqual({
      name: 'Renamed',
      'estimated-value': '100050',
      rating: null,
      'close-date': '2026-12-24',
    })
    expect(changed?.relationships).toEqual({ 'primary-contact': [contactOf(world, 1)?.id] })
    expect(other).toEqual(untouched)
    expect((await world.sync.plan()).actions).toEqual([])
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  test('follows an opportunity that was won, in columns that are mapped', async () => {
    const world = opportunityWorld(1)
    await syncOnce(world.sync)
    world.dynamics.update('opportunity', opportunityId(1), { statecode: 1, statuscode: 3, name: 'Won it' })
    await syncOnce(world.sync)
    expect(await recordsOf(world)).toMatchObject([{ fields: { name: 'Won it' } }])
  })

  test('leaves records of what was deleted, on either side', async () => {
    const world = opportunityWorld(2)
    await syncOnce(world.sync)
    world.dynamics.remove('opportunity', opportunityId(1))
    const schema = await schemaOf(world)
    await world.clients.activeCampaign.customObjects.records.deleteByExternalId(schema.id, opportunityId(2))
    await world.clock.advance(60_000)
    const { plan } = await syncOnce(world.sync, { full: true })
    expect(kinds(plan)).toEqual([])
    expect(codes(plan)).toEqual(['deleted', 'deleted'])
    expect(await recordsOf(world)).toMatchObject([{ externalId: opportunityId(1) }])
  })

  test('finds out when it writes that a record was changed, or deleted, by somebody else', async () => {
    const world = opportunityWorld(2)
    await syncOnce(world.sync)
    const schema = await schemaOf(world)
    const { records } = world.clients.activeCampaign.customObjects
    const [first] = await recordsOf(world)
    await records.save(schema.id, {
      externalId: opportunityId(1),
      fields: { ...first?.fields, name: 'By hand' },
    })
    await records.deleteByExternalId(schema.id, opportunityId(2))
    await world.clock.advance(60_000)
    for (const n of [1, 2]) world.dynamics.update('opportunity', opportunityId(n), { name: `New ${n}` })
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes.map(({ code }) => code)).toEqual(['record-changed', 'record-gone'])
    const { plan } = await syncOnce(world.sync)
    expect(plan.conflicts).toMatchObject([{ activeCampaign: 'By hand', winner: 'dynamics' }])
    expect(codes(plan)).toEqual(['deleted'])
    expect(await recordsOf(world)).toMatchObject([{ fields: { name: 'New 1' } }])
  })
})

describe('the contact of an opportunity', () => {
  test('comes first: an opportunity waits until its contact is in sync', async () => {
    const world = opportunityWorld(0)
    world.dynamics.insert('contact', { contactid: contactId(1), lastname: 'No address' })
    addOpportunity(world, 1)
    const { plan } = await syncOnce(world.sync)
    expect(codes(plan)).toEqual(['no-match-key', 'contact-not-in-sync'])
    world.dynamics.update('contact', contactId(1), { emailaddress1: 'person1@example.com' })
    const second = await syncOnce(world.sync)
    expect(kinds(second.plan)).toEqual(['create-active-campaign-contact', 'create-active-campaign-record'])
    expect(await recordsOf(world)).toMatchObject([
      { relationships: { 'primary-contact': [contactOf(world, 1)?.id] } },
    ])
  })

  test('may change: the record moves, also to a contact that the same plan makes', async () => {
    const world = opportunityWorld(1)
    await syncOnce(world.sync)
    world.dynamics.insert('contact', { contactid: contactId(2), emailaddress1: 'person2@example.com' })
    world.dynamics.update('opportunity', opportunityId(1), { _parentcontactid_value: contactId(2) })
    const { plan } = await syncOnce(world.sync)
    expect(kinds(plan)).toEqual(['create-active-campaign-contact', 'update-active-campaign-record'])
    expect(await recordsOf(world)).toMatchObject([
      { externalId: opportunityId(1), relationships: { 'primary-contact': [contactOf(world, 2)?.id] } },
    ])
    expect((await world.sync.plan()).actions).toEqual([])
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  /** The contact of the one person is deleted and made again, or merged into another one. */
  const remade = async (world: TestWorld) => {
    const before = contactOf(world, 1)?.id ?? ''
    world.activeCampaign.removeContact(before)
    const { id } = world.activeCampaign.insertContact({ email: 'person1@example.com', lastName: 'Person 1' })
    expect(id).not.toBe(before)
    // Who is gone is looked for once a day.
    await world.clock.advance(25 * 3_600_000)
    return [{ relationships: { 'primary-contact': [String(id)] } }]
  }

  test('may come to another contact in ActiveCampaign: the record moves along in the same run', async () => {
    const world = opportunityWorld(1)
    await world.sync.run()
    const moved = await remade(world)
    expect(await world.sync.run()).toMatchObject({ entities: { opportunities: { done: 1 } } })
    expect(await recordsOf(world)).toMatchObject(moved)
    const { writes } = recordCalls(world)
    expect(await world.sync.run()).toMatchObject({ entities: { opportunities: { done: 0 } } })
    expect(recordCalls(world).writes).toBe(writes)
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  test('and in the same plan', async () => {
    const world = opportunityWorld(1)
    await syncOnce(world.sync)
    const moved = await remade(world)
    const { plan } = await syncOnce(world.sync, { full: true })
    expect(kinds(plan)).toEqual(['move-link', 'update-active-campaign-record'])
    expect(await recordsOf(world)).toMatchObject(moved)
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('may be gone: then it is shown on the contact of the lead it came from, where it only has a customer', async () => {
    const leads = { direction: 'outbound', fields: [...standardMappings.leads] } as const
    const contacts = { direction: 'outbound', fields: [...standardMappings.contacts] } as const
    const definition = defineSync(standardSchema, {
      ...{ contacts, leads },
      opportunities: { object: 'd365-opportunity', fields },
    })
    const world = opportunityWorld(0, { definition })
    world.dynamics.insert('contact', { contactid: contactId(1), emailaddress1: 'person1@example.com' })
    world.dynamics.insert('lead', { leadid: contactId(9), emailaddress1: 'lead9@example.com' })
    addOpportunity(world, 1, {
      ...{
        _parentcontactid_value: null,
        _customerid_value: contactId(1),
        _originatingleadid_value: contactId(9),
      },
    })
    await world.sync.run()
    const [first, second] = world.activeCampaign.contacts()
    const shownOn = (id = '') => [{ relationships: { 'primary-contact': [id] } }]
    expect(await recordsOf(world)).toMatchObject(shownOn(first?.id))
    world.activeCampaign.removeContact(first?.id ?? '')
    await world.clock.advance(25 * 3_600_000)
    await world.sync.run()
    expect(await recordsOf(world)).toMatchObject(shownOn(second?.id))
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  test('may be its customer, and is nobody where that is an account', async () => {
    const world = opportunityWorld(0)
    const account = world.dynamics.insert('account', { name: 'Contoso' })
    world.dynamics.insert('contact', { contactid: contactId(1), emailaddress1: 'person1@example.com' })
    addOpportunity(world, 1, { _parentcontactid_value: null, _customerid_value: contactId(1) })
    addOpportunity(world, 2, {
      _parentcontactid_value: null,
      _customerid_value: account,
      '_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
    })
    const { plan } = await syncOnce(world.sync)
    expect(codes(plan)).toEqual(['contact-not-in-sync'])
    expect(await recordsOf(world)).toMatchObject([{ externalId: opportunityId(1) }])
  })

  test('may be the lead it came from, where no contact is named', async () => {
    const world = opportunityWorld(0)
    const withLeads = defineSync(standardSchema, {
      leads: { direction: 'outbound', fields: [...standardMappings.leads] },
      opportunities: { object: 'd365-opportunity', fields },
    })
    world.dynamics.insert('lead', { leadid: contactId(1), emailaddress1: 'person1@example.com' })
    addOpportunity(world, 1, { _parentcontactid_value: null, _originatingleadid_value: contactId(1) })
    await syncOnce(world.newSync({ definition: withLeads }))
    expect(await recordsOf(world)).toMatchObject([
      { relationships: { 'primary-contact': [contactOf(world, 1)?.id] } },
    ])
  })
})

const contacts = { direction: 'bidirectional', fields: [...standardMappings.contacts] } as const

describe('the object', () => {
  test('gets fields that a later definition adds, and their values follow', async () => {
    const world = opportunityWorld(1)
    await syncOnce(world.sync)
    const longer = defineSync(standardSchema, {
      contacts,
      opportunities: {
        object: 'd365-opportunity',
        fields: [...fields, map('stepname', 'step', { as: 'text' })],
      },
    })
    const sync = world.newSync({ definition: longer })
    world.dynamics.update('opportunity', opportunityId(1), { stepname: '2-Develop' })
    const { plan } = await syncOnce(sync)
    expect(kinds(plan)).toEqual(['extend-custom-object', 'update-active-campaign-record'])
    expect((await schemaOf(world)).fields.map(({ id }) => id)).toContain('step')
    expect(await recordsOf(world)).toMatchObject([{ fields: { name: 'Deal 1', step: '2-Develop' } }])
    expect((await sync.plan({ full: true })).actions).toEqual([])
  })

  test('gets options that a choice has gained; those of others stay', async () => {
    const world = opportunityWorld(1)
    await syncOnce(world.sync)
    const { schemas } = world.clients.activeCampaign.customObjects
    const schema = await schemaOf(world)
    const labels = { singular: 'Own', plural: 'Owns' }
    await schemas.update(schema.id, {
      ...{ slug: schema.slug, labels: { singular: 'Deal', plural: 'Deals' }, relationships: [] },
      fields: [
        ...['name', 'estimated-value', 'rating', 'close-date'].map((id) => {
          const field = schema.fields.find((one) => one.id === id)
          if (field === undefined) throw new Error(`there is no ${id}`)
          const options = id === 'rating' ? { options: [{ value: 'Hot' }, { value: 'Own' }] } : {}
          return { id, labels: { singular: id, plural: id }, type: field.type, ...options }
        }),
        { id: 'own', labels, type: 'text' as const },
      ],
    })
    const { plan } = await syncOnce(world.sync)
    expect(kinds(plan)).toEqual(['extend-custom-object'])
    const now = await schemaOf(world)
    expect(now.labels).toEqual({ singular: 'Deal', plural: 'Deals' })
    expect(now.fields.map(({ id }) => id)).toEqual(['name', 'estimated-value', 'rating', 'close-date', 'own'])
    expect(now.fields[2]?.options.map(({ value }) => value)).toEqual(['Hot', 'Own', 'Warm', 'Cold'])
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('keeps a field that is switched off, and its values', async () => {
    const world = opportunityWorld(1)
    await syncOnce(world.sync)
    const [name, value, rating, closeDate] = fields
    const off = defineSync(standardSchema, {
      contacts,
      opportunities: {
        object: 'd365-opportunity',
        fields: [name, value, { ...rating, enabled: false }, closeDate],
      },
    })
    world.dynamics.update('opportunity', opportunityId(1), { name: 'Renamed', opportunityratingcode: 3 })
    const { plan } = await syncOnce(world.newSync({ definition: off }))
    expect(kinds(plan)).toEqual(['update-active-campaign-record'])
    expect(await recordsOf(world)).toMatchObject([{ fields: { name: 'Renamed', rating: 'Hot' } }])
    expect((await schemaOf(world)).fields.map(({ id }) => id)).toContain('rating')
  })

  test('is never retyped: a field that clashes is held, the others go on', async () => {
    const world = opportunityWorld(1)
    await world.clients.activeCampaign.customObjects.schemas.create({
      slug: 'd365-opportunity',
      labels: { singular: 'Deal', plural: 'Deals' },
      fields: [{ id: 'rating', labels: { singular: 'Rating', plural: 'Ratings' }, type: 'number' }],
      relationships: [
        {
          id: 'primary-contact',
          labels: { singular: 'Contact', plural: 'Contacts' },
          namespace: 'contacts',
          hasMany: false,
        },
      ],
    })
    const { plan } = await syncOnce(world.sync)
    expect(kinds(plan)).toContain('extend-custom-object')
    expect(plan.holds).toMatchObject([
      { field: 'opportunityratingcode:rating', reason: { code: 'object-clash' }, title: 'd365-opportunity' },
    ])
    expect(renderPlan(plan, 'text')).toContain(
      'ActiveCampaign has rating as number, the definition as dropdown.',
    )
    const [record] = await recordsOf(world)
    expect(record?.fields).toMatchObject({ name: 'Deal 1' })
    expect(record?.fields).not.toHaveProperty('rating')
    expect((await schemaOf(world)).fields.find(({ id }) => id === 'rating')?.type).toBe('number')
  })

  test('may be one that is not shown on contacts: everything is held, and says why', async () => {
    const world = opportunityWorld(1)
    await world.clients.activeCampaign.customObjects.schemas.create({
      ...{ slug: 'd365-opportunity', labels: { singular: 'Deal', plural: 'Deals' } },
      ...{ fields: [], relationships: [] },
    })
    const { plan } = await syncOnce(world.sync)
    expect(kinds(plan)).toEqual(['create-active-campaign-contact'])
    expect(codes(plan)).toEqual(['object-clash'])
  })

  test('a field that was deleted in ActiveCampaign is held: its id stays taken', async () => {
    const world = opportunityWorld(1)
    await syncOnce(world.sync)
    const schema = await schemaOf(world)
    await world.clients.activeCampaign.customObjects.schemas.deleteField(schema.id, 'close-date')
    world.dynamics.update('opportunity', opportunityId(1), { name: 'Renamed' })
    const { plan } = await syncOnce(world.sync)
    expect(codes(plan)).toEqual(['object-clash'])
    expect(await recordsOf(world)).toMatchObject([{ fields: { name: 'Renamed' } }])
  })

  test('cannot be had on every plan: contacts go on, and the outcome says what to do', async () => {
    const world = opportunityWorld(2, { behaviour: { customObjects: false } })
    const { report } = await syncOnce(world.sync)
    expect(world.activeCampaign.contacts()).toHaveLength(2)
    expect(report.outcomes.filter(({ status }) => status !== 'done').map(({ code }) => code)).toEqual([
      'custom-objects-unavailable',
      'dependency',
      'dependency',
    ])
    const { plan } = await syncOnce(world.sync)
    expect(kinds(plan)).toEqual([])
    expect(codes(plan)).toEqual(['object-unavailable', 'object-unavailable'])
    expect(renderPlan(plan, 'text')).toContain('Making a custom object needs the Enterprise plan')
    // Someone may have changed the plan of the account: a full read tries again.
    expect(kinds(await world.sync.plan({ full: true }))).toContain('create-custom-object')
  })
})

describe('a lost answer', () => {
  test('of a save is looked up, and the record is not written again', async () => {
    const world = opportunityWorld(1)
    world.activeCampaign.faults.next(
      { kind: 'cut', when: 'after' },
      { operation: 'customObjects.records.write' },
    )
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
    expect(recordCalls(world)).toMatchObject({ writes: 1, looks: 1 })
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  test('of the making of the object is looked up', async () => {
    const world = opportunityWorld(1)
    world.activeCampaign.faults.next(
      { kind: 'cut', when: 'after' },
      { operation: 'customObjects.schemas.create' },
    )
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
    expect(await recordsOf(world)).toHaveLength(1)
  })
})

describe('a run', () => {
  test('goes on until nothing is left, and the next one writes nothing', async () => {
    const world = opportunityWorld(12)
    await world.sync.run()
    const records = await recordsOf(world)
    expect(records).toHaveLength(12)
    expect(recordCalls(world)).toMatchObject({ writes: 12, looks: 0 })
    await world.sync.run()
    await world.sync.run({ full: true })
    expect(await recordsOf(world)).toEqual(records)
    world.dynamics.update('opportunity', opportunityId(3), { name: 'Renamed' })
    await world.sync.run()
    expect(recordCalls(world).writes).toBe(13)
  })

  test('makes the object where there is no opportunity yet', async () => {
    const world = opportunityWorld(0)
    await world.sync.run()
    expect((await schemaOf(world)).slug).toBe('d365-opportunity')
  })

  test('of an account without custom objects syncs everybody else', async () => {
    const world = opportunityWorld(2, { behaviour: { customObjects: false } })
    await world.sync.run()
    expect(world.activeCampaign.contacts()).toHaveLength(2)
    const { holds } = await world.sync.plan()
    expect(holds.map(({ reason }) => reason.code)).toEqual(['object-unavailable', 'object-unavailable'])
  })
})
