import { describe, expect, test } from 'vitest'
import { splitChoices } from '../src/index.ts'
import { failureOf } from './scripted-service.ts'
import { accountWithContacts, simulatedAccount } from './simulated-account.ts'

describe('fields', () => {
  test('are listed to the end with their choices and relations', async () => {
    const { client, simulator } = simulatedAccount()
    for (let index = 0; index < 120; index += 1)
      simulator.defineField({ title: `Field ${index}`, type: 'dropdown', options: ['a', `b${index}`] })
    const fields = await client.fields.list().toArray()
    expect(fields).toHaveLength(120)
    for (const [index, field] of fields.entries())
      expect(field.options.map((option) => option.value)).toEqual(['a', `b${index}`])
  })

  test('are made with choices, shown everywhere, and deleted', async () => {
    const { client } = simulatedAccount()
    const field = await client.fields.create({ title: 'Job title', type: 'dropdown' })
    expect(field.perstag).toBe('JOB_TITLE')
    const [choice] = await client.fieldOptions.create([{ field: field.id, value: 'Buyer' }])
    await client.fieldRelations.create({ field: field.id, list: 'all' })
    const [listed] = await client.fields.list().toArray()
    expect(await client.fields.get(field.id)).toEqual(listed)
    expect(listed).toMatchObject({
      options: [{ value: 'Buyer', label: 'Buyer' }],
      relations: [{ relid: '0' }],
    })
    expect(await client.fieldOptions.delete(choice?.id ?? '')).toEqual({ existed: true })
    await client.fields.delete(field.id)
    expect(await client.fields.list().toArray()).toEqual([])
  })

  test('of a title that is taken are duplicates', async () => {
    const { client, simulator } = simulatedAccount()
    simulator.defineField({ title: 'Position', type: 'text' })
    const failure = await failureOf(client.fields.create({ title: 'Position', type: 'text' }))
    expect(failure).toMatchObject({ code: 'duplicate' })
  })
})

describe('field values', () => {
  test('of one field over all contacts, more than a page of them', async () => {
    const { client, simulator } = simulatedAccount()
    const field = simulator.defineField({ title: 'Position', type: 'text' })
    const other = simulator.defineField({ title: 'Other', type: 'text' })
    for (let index = 0; index < 130; index += 1)
      simulator.insertContact({
        email: `p${index}@example.com`,
        fields: { [field.perstag]: `v${index}`, [other.perstag]: 'x' },
      })
    const values = await client.fieldValues.list({ fieldId: field.id }).toArray()
    expect(values.map(({ value }) => value)).toEqual(Array.from({ length: 130 }, (_, index) => `v${index}`))
  })

  test('are set and set again', async () => {
    const { client, simulator } = accountWithContacts(1)
    const field = simulator.defineField({ title: 'Colours', type: 'checkbox', options: ['red', 'blue'] })
    const contact = String(simulator.contacts()[0]?.id)
    await client.fieldValues.upsert({ contact, field: field.id, value: 'red' })
    await client.fieldValues.upsert({ contact, field: field.id, value: ['red', 'blue'] })
    const values = await client.fieldValues.listForContact(contact).toArray()
    expect(values).toMatchObject([{ field: field.id, value: '||red||blue||' }])
    const id = values[0]?.id ?? ''
    await client.fieldValues.update(id, { contact, field: field.id, value: 'blue' })
    expect(splitChoices((await client.fieldValues.get(id)).value)).toEqual(['blue'])
    expect(await client.fieldValues.delete(id)).toEqual({ existed: true })
  })
})

describe('tags', () => {
  test('are put on a contact once, and taken off', async () => {
    const { client, simulator } = accountWithContacts(1)
    const contact = String(simulator.contacts()[0]?.id)
    const { id: tag } = await client.tags.create({ tag: '[D365: Contact]' })
    await client.tags.update(tag, { description: 'Comes from the CRM' })
    expect(await client.tags.get(tag)).toMatchObject({
      tag: '[D365: Contact]',
      description: 'Comes from the CRM',
    })
    expect(await client.contactTags.add({ contact, tag })).toMatchObject({ added: true })
    expect(await client.contactTags.add({ contact, tag })).toMatchObject({ added: false })
    const relations = await client.contactTags.listForContact(contact).toArray()
    expect(relations.map((relation) => relation.tag)).toEqual([tag])
    expect(await client.contactTags.remove({ contact, tag })).toEqual({ existed: true })
    expect(await client.contactTags.remove({ contact, tag })).toEqual({ existed: false })
    expect(await client.tags.delete(tag)).toEqual({ existed: true })
  })

  test('are listed to the end', async () => {
    const { client, simulator } = simulatedAccount()
    const tags = Array.from({ length: 230 }, (_, index) => `tag ${index}`)
    simulator.insertContact({ email: 'mila@example.com', tags })
    const names = (await client.tags.list().toArray()).map((tag) => tag.tag)
    expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual(tags.toSorted((a, b) => a.localeCompare(b)))
  })

  test('cannot be put on nobody', async () => {
    const { client } = simulatedAccount()
    const { id: tag } = await client.tags.create({ tag: 'x' })
    expect(await failureOf(client.contactTags.add({ contact: '999', tag }))).toMatchObject({
      code: 'not-found',
    })
  })
})

describe('the account', () => {
  test('says who asks and what it is', async () => {
    const { client } = simulatedAccount()
    expect((await client.me()).id).toMatch(/^\d+$/)
    expect((await client.account()).subscriber_total).toBe(0)
  })

  test('refuses a wrong key', async () => {
    const { client } = simulatedAccount({}, { key: 'wrong' })
    expect(await failureOf(client.me())).toMatchObject({ code: 'forbidden', status: 403 })
  })

  test.each([
    ['not a url', 'is no URL'],
    ['http://dynacamp.api-us1.com', 'starts with http://: use https, or set allowAnyHost'],
    ['https://api-us1.com.evil.example', 'allowAnyHost'],
    ['https://dynacamp.api-us1.com:8443', 'allowAnyHost'],
    ['https://me:secret@dynacamp.api-us1.com', 'leave it out'],
  ])('at %s is refused', (url, remedy) => {
    expect(() => simulatedAccount({}, { url })).toThrow(remedy)
  })
})
