import { sampleData } from '@dynacamp/simulators'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Table } from '../../src/activecampaign/core/table.ts'
import { testAccount } from './account.ts'

test('the same seed gives the same account, another seed another', async () => {
  const dump = async (seed: number) => {
    const account = testAccount({ seed })
    account.simulator.load(sampleData({ seed: 3, people: 20 }).activeCampaign)
    const contacts = (await account.get('contacts?limit=100')).text
    const schema = (
      await account.post('customObjects/schemas', {
        schema: { slug: 'b', labels: { singular: 'B', plural: 'B' } },
      })
    ).text
    return { contacts, schema, apiKey: account.simulator.apiKey }
  }
  const first = await dump(7)
  expect(await dump(7)).toEqual(first)
  expect(await dump(8)).not.toEqual(first)
})

test('columns of 2020 lack what came later', async () => {
  const account = testAccount({ behaviour: { columns: '2020' } })
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  await account.post('accounts', { account: { name: 'Fjord Partners' } })
  const { contact } = (await account.get('contacts/1')).body
  expect('whatsapp_id' in contact).toBe(false)
  expect('udate' in contact).toBe(true)
  const company = (await account.get('accounts/1')).body.account
  expect('owner' in company || 'owner' in company.links).toBe(false)
})

test('merging keeps the winner, gives it what it lacked and hides the loser', async () => {
  const account = testAccount()
  const { simulator } = account
  simulator.defineField({ title: 'City', type: 'text' })
  simulator.insertContact({ email: 'mira.holt@example.com', firstName: 'Mira' })
  simulator.insertContact({
    email: 'mira@example.org',
    lastName: 'Holt',
    fields: { CITY: 'Oslo' },
    tags: ['Trial'],
  })
  simulator.mergeContacts(1, 2)
  expect(simulator.contacts()).toMatchObject([
    { id: '1', firstName: 'Mira', lastName: 'Holt', fields: { CITY: 'Oslo' }, tags: ['Trial'] },
  ])
  expect((await account.get('contacts/2')).body.contact.email).toBe('deleted+2@example.org')
})

test('removed contacts are gone when so switched', async () => {
  const account = testAccount({ behaviour: { removedContacts: 'gone' } })
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  account.simulator.removeContact(1)
  expect((await account.get('contacts/1')).status).toBe(404)
})

test('an unknown field of a contact is named', () => {
  const { simulator } = testAccount()
  expect(() => simulator.insertContact({ email: 'a@example.com', fields: { NOPE: 'x' } })).toThrow(
    'No contact field has the id, tag or title "NOPE"',
  )
})

test.each([
  ['moves-udate', '2026-05-28T05:04:51-05:00'],
  ['keeps-udate', '2026-05-28T05:03:51-05:00'],
] as const)('a sync that changes nothing %s', async (noopSync, udate) => {
  const account = testAccount({ behaviour: { noopSync } })
  const contact = { email: 'mira.holt@example.com', firstName: 'Mira' }
  await account.post('contact/sync', { contact })
  await account.clock.advance(60_000)
  expect((await account.post('contact/sync', { contact })).body.contact.udate).toBe(udate)
})

test('phone-only contacts need the opt-in and allowNullEmail', async () => {
  const contact = { phone: '+47 1', allowNullEmail: true }
  expect((await testAccount().post('contacts', { contact })).status).toBe(422)
  const account = testAccount({ behaviour: { phoneOnlyContacts: true } })
  expect((await account.post('contacts', { contact })).status).toBe(201)
  expect((await account.post('contacts', { contact: { phone: '1' } })).status).toBe(422)
})

test('broken and truncated JSON is 400', async () => {
  const account = testAccount()
  expect((await account.call('POST', 'contacts', '{"contact":')).status).toBe(400)
})

test('users are found by address and name; a write brings the group along', async () => {
  const account = testAccount()
  await account.post('groups', { group: { title: 'Sales', descript: 'Sellers' } })
  const user = { username: 'ola', email: 'ola@example.com', group: '4', firstName: 'Ola', lastName: 'Berg' }
  expect((await account.post('users', { user })).status).toBe(201)
  expect((await account.get('users/email/ola@example.com')).body.user.id).toBe('2')
  expect((await account.get('users/username/ola')).body.user.email).toBe('ola@example.com')
  const changed = await account.put('users/2', { user: { group: '3' } })
  expect(changed.body.userGroups).toMatchObject([{ user: '2', group: '3' }])
})

test('law: a table answers as a sorted map does, whatever is put and removed', () => {
  const step = fc.record({
    id: fc.integer({ min: 1, max: 30 }),
    colour: fc.constantFrom('red', 'blue'),
    put: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const table = new Table<{ id: string; colour: string }>({ colour: (row) => row.colour })
      const model = new Map<number, string>()
      for (const { id, colour, put } of steps) {
        if (put) table.put({ id: String(id), colour })
        else table.remove(String(id))
        if (put) model.set(id, colour)
        else model.delete(id)
      }
      const sorted = [...model].sort(([a], [b]) => a - b).map(([id, colour]) => ({ id: String(id), colour }))
      expect(table.rows).toEqual(sorted)
      for (const colour of ['red', 'blue']) {
        const found = table.by('colour', colour).toSorted((a, b) => Number(a.id) - Number(b.id))
        expect(found).toEqual(sorted.filter((row) => row.colour === colour))
      }
    }),
  )
})

test('a contact signs up to lists by their id or name, and to none that is not there', () => {
  const { simulator } = testAccount()
  const first = simulator.insert('lists', { name: 'Letters' })
  const second = simulator.insert('lists', { name: 'Offers' })
  const { id, lists } = simulator.insertContact({ email: 'mira.holt@example.com', lists: ['Letters'] })
  expect(lists).toEqual({ [String(first.id)]: '1' })
  simulator.unsubscribe(id, String(first.id))
  expect(simulator.updateContact(id, { lists: [String(second.id)] }).lists).toEqual({
    [String(first.id)]: '2',
    [String(second.id)]: '1',
  })
  expect(() => simulator.updateContact(id, { lists: ['Leters'] })).toThrow('"Leters"')
})
