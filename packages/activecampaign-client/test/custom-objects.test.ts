import { describe, expect, test } from 'vitest'
import type { SchemaInput } from '../src/index.ts'
import { failureOf } from './scripted-service.ts'
import { accountWithContacts, simulatedAccount } from './simulated-account.ts'

const opportunity: SchemaInput = {
  slug: 'opportunity',
  labels: { singular: 'Opportunity', plural: 'Opportunities' },
  description: 'From the CRM',
  fields: [
    { id: 'name', labels: { singular: 'Name', plural: 'Names' }, type: 'text', required: true },
    { id: 'amount', labels: { singular: 'Amount', plural: 'Amounts' }, type: 'number', scale: 2 },
  ],
  relationships: [
    {
      id: 'primary-contact',
      labels: { singular: 'Contact', plural: 'Contacts' },
      namespace: 'contacts',
      hasMany: false,
    },
  ],
}

describe('schemas', () => {
  test('are made, listed, extended and deleted', async () => {
    const { client } = simulatedAccount()
    const { schemas } = client.customObjects
    const made = await schemas.create(opportunity)
    expect(made).toMatchObject({ slug: 'opportunity', visibility: 'private' })
    expect(made.fields.map(({ id, type, required }) => [id, type, required])).toEqual([
      ['name', 'text', true],
      ['amount', 'number', false],
    ])
    const stage = { id: 'stage', labels: { singular: 'Stage', plural: 'Stages' }, type: 'dropdown' as const }
    const extended = {
      ...opportunity,
      fields: [...opportunity.fields, { ...stage, options: [{ value: 'Won' }] }],
    }
    await schemas.update(made.id, extended, { validateOnly: true })
    expect((await schemas.get(made.id)).fields).toHaveLength(2)
    await schemas.update(made.id, extended)
    expect((await schemas.list().toArray())[0]?.fields[2]?.options).toMatchObject([{ value: 'Won' }])
    expect(await schemas.deleteField(made.id, 'stage')).toEqual({ existed: true })
    expect((await schemas.get(made.id)).fields).toHaveLength(2)
    const hidden = (await schemas.get(made.id, { deletedFields: true })).fields
    expect(hidden.find((field) => field.id === 'stage')?.status).toBe('marked_for_deletion')
    expect(await schemas.delete(made.id)).toEqual({ existed: true })
  })

  test('of a slug that is taken are refused, with a pointer', async () => {
    const { client } = simulatedAccount()
    await client.customObjects.schemas.create(opportunity)
    const failure = await failureOf(client.customObjects.schemas.create(opportunity))
    expect(failure).toMatchObject({ code: 'invalid', pointer: '/data/attributes/schema/slug' })
  })

  test('are not to be had on every plan', async () => {
    const { client } = simulatedAccount({ behaviour: { customObjects: false } })
    const failure = await failureOf(client.customObjects.schemas.create(opportunity))
    expect(failure).toMatchObject({ status: 403, code: 'forbidden' })
  })
})

describe('records', () => {
  const setUp = async () => {
    const { client, simulator, clock } = accountWithContacts(2)
    const contacts = simulator.contacts().map(({ id }) => String(id))
    const { id } = await client.customObjects.schemas.create(opportunity)
    return { records: client.customObjects.records, simulator, clock, schemaId: id, contacts }
  }

  test('are made and updated under an id of one’s own', async () => {
    const { records, schemaId, contacts } = await setUp()
    const [contact = ''] = contacts
    const relationships = { 'primary-contact': [contact] }
    const made = await records.save(schemaId, {
      externalId: 'crm-1',
      fields: { name: 'A', amount: 12.5 },
      relationships,
    })
    const again = await records.save(schemaId, {
      externalId: 'crm-1',
      fields: { name: 'B', amount: 13 },
      relationships,
    })
    expect(again.id).toBe(made.id)
    expect(await records.getByExternalId(schemaId, 'crm-1')).toMatchObject({
      id: made.id,
      fields: { name: 'B', amount: 13 },
      relationships: { 'primary-contact': [contact] },
    })
    expect(await records.list(schemaId, { contactId: contact }).toArray()).toHaveLength(1)
    expect(await records.list(schemaId, { contactId: contacts[1] ?? '' }).toArray()).toEqual([])
  })

  test('of an id that matches none get another', async () => {
    const { records, schemaId } = await setUp()
    const made = await records.save(schemaId, { id: 'mine', fields: { name: 'A' } })
    expect(made.id).not.toBe('mine')
  })

  test('under an id of one’s own survive a broken connection, others are unknown', async () => {
    const { records, simulator, schemaId } = await setUp()
    simulator.faults.next({ kind: 'cut', when: 'after' })
    await records.save(schemaId, { externalId: 'crm-1', fields: { name: 'A' } })
    expect(await records.list(schemaId).toArray()).toHaveLength(1)
    simulator.faults.next({ kind: 'cut', when: 'after' })
    const failure = await failureOf(records.save(schemaId, { fields: { name: 'B' } }))
    expect(failure).toMatchObject({ code: 'unknown-outcome' })
  })

  test('are deleted in the background', async () => {
    const { records, clock, schemaId } = await setUp()
    const { id } = await records.save(schemaId, { externalId: 'crm-1', fields: { name: 'A' } })
    expect(await records.deleteByExternalId(schemaId, 'crm-1')).toEqual({ existed: true })
    await clock.advance(60_000)
    expect(await records.delete(schemaId, id)).toEqual({ existed: false })
  })

  test('are listed to the end', async () => {
    const { records, schemaId } = await setUp()
    const names = Array.from({ length: 130 }, (_, index) => `n${index}`)
    for (const name of names) await records.save(schemaId, { externalId: name, fields: { name } })
    const read = (await records.list(schemaId).toArray()).map((record) => record.fields.name)
    expect(read).toEqual(names)
  })

  test('with a value that the schema does not have are refused', async () => {
    const { records, schemaId } = await setUp()
    expect(await failureOf(records.save(schemaId, { fields: { nonsense: 1 } }))).toMatchObject({
      status: 422,
    })
  })
})
