import { expect, test } from 'vitest'
import { type TestAccount, testAccount } from './account.ts'

const boats = {
  slug: 'boats',
  labels: { singular: 'Boat', plural: 'Boats' },
  fields: [
    { id: 'name', labels: { singular: 'Name', plural: 'Names' }, type: 'text', isRequired: true },
    { id: 'length', labels: { singular: 'Length', plural: 'Lengths' }, type: 'number', scale: 0 },
    {
      id: 'kind',
      labels: { singular: 'Kind', plural: 'Kinds' },
      type: 'dropdown',
      options: [{ value: 'Sail' }],
    },
  ],
  relationships: [
    {
      id: 'primary-contact',
      labels: { singular: 'Owner', plural: 'Owners' },
      namespace: 'contacts',
      hasMany: false,
    },
  ],
}

async function withBoats(account: TestAccount = testAccount()) {
  const made = await account.post('customObjects/schemas', { schema: boats })
  expect(made.status).toBe(201)
  const id = String(made.body.schema.id)
  const write = (record: unknown) => account.post(`customObjects/records/${id}`, { record })
  const read = (path = '') => account.get(`customObjects/records/${id}${path}`)
  return { account, id, write, read, schema: made.body.schema }
}

const named = (value: string) => [{ id: 'name', value }]

test('a schema is stored with options that have ids, real UTC and numbers in meta', async () => {
  const { account, schema } = await withBoats()
  expect(schema.createdTimestamp).toBe('2026-05-28T10:03:51.000000000Z')
  expect(schema.fields[0]).toMatchObject({ id: 'name', required: true, inherited: false })
  expect(schema.fields[2].options[0].id).toMatch(/^[0-9a-f-]{36}$/)
  expect((await account.get('customObjects/schemas')).body.meta).toEqual({
    total: 1,
    count: 1,
    limit: 20,
    offset: 0,
  })
})

test('a slug is unique; errors say source.type and source.value', async () => {
  const { account } = await withBoats()
  const refused = await account.post('customObjects/schemas', { schema: boats })
  expect(refused.status).toBe(422)
  expect(refused.body.errors[0]).toEqual({
    title: 'Invalid value for field "schema.slug"',
    detail: 'Schema slug must be unique',
    source: { type: 'pointer', value: '/data/attributes/schema/slug' },
  })
})

test('validateOnly rehearses a change; without it fields are added and types stay', async () => {
  const { account, id } = await withBoats()
  const port = { id: 'port', labels: { singular: 'Port', plural: 'Ports' }, type: 'text' }
  const schema = { ...boats, fields: [...boats.fields, port] }
  const rehearsed = await account.simulator.fetch(
    new Request(`${account.simulator.baseUrl}/api/3/customObjects/schemas/${id}`, {
      method: 'PUT',
      headers: { 'Api-Token': account.simulator.apiKey, validateOnly: 'true' },
      body: JSON.stringify({ schema }),
    }),
  )
  expect(rehearsed.status).toBe(200)
  const fields = async () => (await account.get(`customObjects/schemas/${id}`)).body.schema.fields
  expect(await fields()).toHaveLength(3)
  await account.put(`customObjects/schemas/${id}`, { schema })
  expect(await fields()).toHaveLength(4)
  const retyped = { ...boats, fields: [{ ...boats.fields[0], type: 'number' }] }
  expect((await account.put(`customObjects/schemas/${id}`, { schema: retyped })).status).toBe(422)
})

test('a deleted field is marked, hidden and shown on request', async () => {
  const { account, id } = await withBoats()
  expect((await account.remove(`customObjects/schemas/${id}/fields/length`)).status).toBe(202)
  const path = `customObjects/schemas/${id}`
  expect((await account.get(path)).body.schema.fields).toHaveLength(2)
  const all = (await account.get(`${path}?showFields=all`)).body.schema.fields
  expect(all[1]).toMatchObject({ id: 'length', status: 'marked_for_deletion' })
})

test('without the plan private schemas are forbidden', async () => {
  const account = testAccount({ behaviour: { customObjects: false } })
  expect((await account.post('customObjects/schemas', { schema: boats })).status).toBe(403)
})

test('a public schema has children that inherit', async () => {
  const account = testAccount()
  const made = await account.post('customObjects/schemas/public', { schema: { ...boats, appId: 'demo' } })
  expect(made.body.schema).toMatchObject({ visibility: 'public', slug: 'app-demo-boats' })
  const child = await account.post(`customObjects/schemas/${String(made.body.schema.id)}/child`, {})
  expect(child.body.schema).toMatchObject({ visibility: 'private', parentId: made.body.schema.id })
  expect(child.body.schema.fields[0].inherited).toBe(true)
})

test('a record is read by id and external id, and found by its contact', async () => {
  const { write, read } = await withBoats()
  const made = await write({
    externalId: 'crm-1',
    fields: named('Skagen'),
    relationships: { 'primary-contact': [14] },
  })
  expect(made.status).toBe(201)
  expect(made.body.record).toMatchObject({
    externalId: 'crm-1',
    relationships: { 'primary-contact': ['14'] },
  })
  expect((await read(`/${String(made.body.record.id)}`)).body.record.fields).toEqual(named('Skagen'))
  expect((await read('/external/crm-1')).body.record.id).toBe(made.body.record.id)
  const found = async (contact: string) =>
    (await read(`?filters[relationships.primary-contact][eq]=${contact}`)).body.meta.total
  expect([await found('14'), await found('15')]).toEqual([1, 0])
})

test.each([
  { id: true, externalId: 'same', outcome: 'updated' },
  { id: true, externalId: 'other', outcome: 'created' },
  { id: true, externalId: 'none', outcome: 'updated' },
  { id: false, externalId: 'same', outcome: 'updated' },
  { id: false, externalId: 'other', outcome: 'created' },
  { id: false, externalId: 'none', outcome: 'created' },
] as const)(
  'create or update: id $id, external id $externalId: $outcome',
  async ({ id, externalId, outcome }) => {
    const { write, read } = await withBoats()
    const first = (await write({ externalId: 'crm-1', fields: named('Skagen') })).body.record
    const external = { same: { externalId: 'crm-1' }, other: { externalId: 'crm-2' }, none: {} }[externalId]
    const second = (await write({ ...(id ? { id: first.id } : {}), ...external, fields: named('Tind') })).body
      .record
    expect(second.id === first.id).toBe(outcome === 'updated')
    expect((await read()).body.meta.total).toBe(outcome === 'updated' ? 1 : 2)
    if (outcome === 'updated') expect(second.externalId).toBe('crm-1')
  },
)

test('records are seen from outside by the slug of their object', async () => {
  const { account, write } = await withBoats()
  await write({ externalId: 'b-1', fields: named('Ada') })
  const calls = account.simulator.calls.total
  expect(account.simulator.objectRecords('boats')).toMatchObject([
    { externalId: 'b-1', fields: [{ id: 'name', value: 'Ada' }] },
  ])
  expect(account.simulator.objectRecords('ships')).toEqual([])
  expect(account.simulator.calls.total).toBe(calls)
})

test('another program changes and deletes records', async () => {
  const { account, write, read } = await withBoats()
  const { simulator } = account
  const fields = [...named('Ada'), { id: 'length', value: 9 }]
  const { record } = (await write({ externalId: 'b-1', fields })).body
  await account.clock.advance(1_000)
  simulator.updateObjectRecord('boats', record.id, { length: 12 })
  const changed = (await read('/external/b-1')).body.record
  expect(changed).toMatchObject({ id: record.id, fields: [...named('Ada'), { id: 'length', value: 12 }] })
  expect(changed.updatedTimestamp > record.updatedTimestamp).toBe(true)
  expect(() => simulator.updateObjectRecord('boats', record.id, { length: 'long' })).toThrow()
  expect(() => simulator.updateObjectRecord('boats', record.id, { sails: 2 })).toThrow()
  simulator.removeObjectRecord('boats', record.id)
  expect(simulator.objectRecords('boats')).toEqual([])
  expect(() => simulator.removeObjectRecord('boats', record.id)).toThrow('no record')
})

test('an unknown id is replaced by one of the service', async () => {
  const { write } = await withBoats()
  const { record } = (await write({ id: 'mine', externalId: 'crm-1', fields: named('Skagen') })).body
  expect(record.id).not.toBe('mine')
})

test.each([
  ['cleared', 1],
  ['kept', 2],
] as const)('fields left out of an update are %s when so switched', async (omittedRecordFields, count) => {
  const { write } = await withBoats(testAccount({ behaviour: { omittedRecordFields } }))
  await write({ externalId: 'crm-1', fields: [...named('Skagen'), { id: 'length', value: 9 }] })
  const updated = await write({ externalId: 'crm-1', fields: named('Tind') })
  expect(updated.body.record.fields).toHaveLength(count)
})

test('values must fit the schema', async () => {
  const { write } = await withBoats()
  const undefinedField = await write({ fields: [...named('Skagen'), { id: 'colour', value: 'red' }] })
  expect(undefinedField.status).toBe(422)
  expect(undefinedField.body.errors[0].detail).toContain(
    'cannot accept a value that is not defined in the schema.',
  )
  expect((await write({ fields: [...named('Skagen'), { id: 'length', value: '9' }] })).status).toBe(422)
  expect((await write({ fields: [...named('Skagen'), { id: 'kind', value: 'Rowing' }] })).status).toBe(422)
  expect((await write({ fields: [{ id: 'length', value: 9 }] })).status).toBe(422)
  expect(await write({})).toMatchObject({
    status: 400,
    body: { errors: [{ status: 400, title: 'Bad Request' }] },
  })
})

test('a deletion is answered at once and done later', async () => {
  const { account, id, write, read } = await withBoats()
  await write({ externalId: 'crm-1', fields: named('Skagen') })
  const deleted = await account.remove(`customObjects/records/${id}/external/crm-1`)
  expect([deleted.status, deleted.text]).toEqual([202, ''])
  expect((await read('/external/crm-1')).status).toBe(200)
  await account.clock.advance(2000)
  expect((await read('/external/crm-1')).status).toBe(404)
})

test('schemas that do not exist are 404, ids that are none 400', async () => {
  const { account } = await withBoats()
  const unknown = '11111111-2222-4333-8444-555555555555'
  expect((await account.get(`customObjects/records/${unknown}`)).status).toBe(404)
  expect((await account.get('customObjects/records/boats')).status).toBe(400)
  expect((await account.get(`customObjects/schemas/${unknown}`)).body).toEqual({ message: 'Not Found' })
})
