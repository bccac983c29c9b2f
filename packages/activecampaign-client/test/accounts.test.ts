import { describe, expect, test } from 'vitest'
import { failureOf } from './scripted-service.ts'
import { accountWithContacts, simulatedAccount } from './simulated-account.ts'

describe('accounts', () => {
  test('are made, listed to the end, changed and deleted', async () => {
    const { client, simulator } = simulatedAccount()
    for (let index = 0; index < 120; index += 1) simulator.insert('accounts', { name: `Company ${index}` })
    const made = await client.accounts.create({ name: 'Novak & Sons', accountUrl: 'https://example.com' })
    expect(made).toMatchObject({ name: 'Novak & Sons', accountUrl: 'https://example.com' })
    expect(await client.accounts.list().toArray()).toHaveLength(121)
    await client.accounts.update(made.id, { name: 'Novak' })
    const read = await client.accounts.get(made.id)
    expect(read).toMatchObject({ name: 'Novak', accountUrl: 'https://example.com' })
    expect(Number.isNaN(Date.parse(read.createdTimestamp ?? ''))).toBe(false)
    expect(await client.accounts.delete(made.id)).toEqual({ existed: true })
    expect(await failureOf(client.accounts.get(made.id))).toMatchObject({ code: 'not-found' })
  })

  test('of a name that is taken are duplicates', async () => {
    const { client } = simulatedAccount()
    await client.accounts.create({ name: 'Novak' })
    expect(await failureOf(client.accounts.create({ name: 'Novak' }))).toMatchObject({ code: 'duplicate' })
  })

  test('are deleted together', async () => {
    const { client, simulator } = simulatedAccount()
    const ids = ['a', 'b', 'c'].map((name) => String(simulator.insert('accounts', { name }).id))
    await client.accounts.deleteMany(ids.slice(1))
    expect((await client.accounts.list().toArray()).map((account) => account.id)).toEqual(ids.slice(0, 1))
  })
})

describe('custom fields of accounts', () => {
  test('are defined, written inline, read and changed', async () => {
    const { client } = simulatedAccount()
    const fieldOptions = ['Retail', 'Logistics']
    const industry = await client.accountFields.create({
      fieldLabel: 'Industry',
      fieldType: 'multiselect',
      fieldOptions,
      isFormVisible: true,
    })
    const turnover = await client.accountFields.create({ fieldLabel: 'Turnover', fieldType: 'currency' })
    expect(industry).toMatchObject({ fieldOptions, isFormVisible: true, isRequired: false })
    const account = await client.accounts.create({
      name: 'Novak',
      fields: [
        { customFieldId: industry.id, fieldValue: fieldOptions },
        { customFieldId: turnover.id, fieldValue: 129_900, fieldCurrency: 'EUR' },
      ],
    })
    expect(account.fields).toMatchObject([{ customFieldId: industry.id }, { customFieldId: turnover.id }])
    const values = await client.accountFieldValues.list({ accountId: account.id }).toArray()
    expect(values).toMatchObject([
      { accountId: account.id, customFieldId: industry.id, fieldValue: fieldOptions },
      { accountId: account.id, customFieldId: turnover.id, fieldCurrency: 'EUR' },
    ])
    const [first] = values
    await client.accountFieldValues.update(first?.id ?? '', { fieldValue: ['Retail'] })
    expect((await client.accountFieldValues.get(first?.id ?? '')).fieldValue).toEqual(['Retail'])
    expect(await client.accountFields.list().toArray()).toHaveLength(2)
    expect(await client.accountFields.delete(industry.id)).toEqual({ existed: true })
  })

  test('are written for many accounts at once', async () => {
    const { client, simulator } = simulatedAccount()
    const [a = '', b = ''] = ['a', 'b'].map((name) => String(simulator.insert('accounts', { name }).id))
    const { id: customFieldId } = await client.accountFields.create({ fieldLabel: 'City', fieldType: 'text' })
    await client.accountFieldValues.createMany([
      { account: a, customFieldId, fieldValue: 'Brno' },
      { account: b, customFieldId, fieldValue: 'Praha' },
    ])
    const values = await client.accountFieldValues.list().toArray()
    expect(values.map((value) => [value.accountId, value.fieldValue])).toEqual([
      [a, 'Brno'],
      [b, 'Praha'],
    ])
    await client.accountFieldValues.updateMany(values.map(({ id }) => ({ id, fieldValue: 'Ostrava' })))
    expect((await client.accountFieldValues.list({ accountId: b }).toArray())[0]?.fieldValue).toBe('Ostrava')
  })
})

describe('the account of a contact', () => {
  const setUp = () => {
    const { client, simulator } = accountWithContacts(1)
    const accounts = ['a', 'b'].map((name) => String(simulator.insert('accounts', { name }).id))
    return {
      client,
      simulator,
      contact: String(simulator.contacts()[0]?.id),
      a: accounts[0] ?? '',
      b: accounts[1] ?? '',
    }
  }

  test('is one: a second is refused, and comes with the contact', async () => {
    const { client, contact, a, b } = setUp()
    await client.accountContacts.create({ contact, account: a, jobTitle: 'Buyer' })
    expect(await failureOf(client.accountContacts.create({ contact, account: b }))).toMatchObject({
      code: 'field_invalid',
    })
    const read = await client.contacts.get(contact)
    expect(read.accountContacts).toMatchObject([{ account: a, jobTitle: 'Buyer' }])
    expect(read.contact.orgid).toBe(a)
    expect(await client.accountContacts.listForContact(contact).toArray()).toEqual(read.accountContacts)
  })

  test('is moved, and the job title with it', async () => {
    const { client, simulator, contact, a, b } = setUp()
    expect(await client.accountContacts.move({ contact, account: a, jobTitle: 'Buyer' })).toMatchObject({
      account: a,
    })
    expect(await client.accountContacts.move({ contact, account: b })).toMatchObject({
      account: b,
      jobTitle: 'Buyer',
    })
    const before = simulator.calls.total
    await client.accountContacts.move({ contact, account: b })
    expect(simulator.calls.total - before).toBe(1)
    await client.accountContacts.move({ contact, account: b, jobTitle: 'Head' })
    const links = await client.accountContacts.list({ contactId: contact }).toArray()
    expect(links).toMatchObject([{ account: b, jobTitle: 'Head' }])
  })

  test('is listed from anywhere on, so that new ones are found at the end', async () => {
    const { client, simulator } = accountWithContacts(130)
    const { id } = simulator.insert('accounts', { name: 'a' })
    for (const contact of simulator.contacts()) {
      simulator.insert('accountContacts', { contact: contact.id, account: String(id) })
    }
    const before = simulator.calls.total
    const links = await client.accountContacts.list({ startAt: 128 }).toArray()
    expect(links.map((link) => link.id)).toEqual(['129', '130'])
    expect(simulator.calls.total - before).toBe(1)
    expect(await client.accountContacts.list({ startAt: 130 }).toArray()).toEqual([])
    expect(await client.accountContacts.list({ startAt: 10 }).toArray()).toHaveLength(120)
  })

  test('is left without a trace when the account is deleted', async () => {
    const { client, contact, a } = setUp()
    const link = await client.accountContacts.create({ contact, account: a })
    await client.accounts.delete(a)
    expect(await client.accountContacts.delete(link.id)).toEqual({ existed: false })
  })
})
