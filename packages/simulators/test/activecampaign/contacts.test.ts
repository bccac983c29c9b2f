import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type TestAccount, testAccount } from './account.ts'

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map((row) => row.id)

async function keysetIds(account: TestAccount, limit: number, more = ''): Promise<readonly string[]> {
  const ids: string[] = []
  for (let last = '0'; ; ) {
    const { contacts } = (
      await account.get(`contacts?orders[id]=ASC&id_greater=${last}&limit=${String(limit)}${more}`)
    ).body
    if (contacts.length === 0) return ids
    ids.push(...idsOf(contacts))
    last = ids.at(-1) ?? last
  }
}

test('law: keyset pages and offset pages of any size hold every contact once, whatever was deleted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 17 }),
      fc.array(fc.nat(59)),
      async (people, limit, deleted) => {
        const account = testAccount()
        for (let n = 0; n < people; n += 1)
          account.simulator.insertContact({ email: `p${String(n)}@example.com` })
        for (const n of new Set(deleted)) if (n < people) await account.remove(`contacts/${String(n + 1)}`)
        const expected = account.simulator.contacts().map((contact) => contact.id)
        expect(await keysetIds(account, limit)).toEqual(expected)
        const pages: string[] = []
        for (let offset = 0; offset < expected.length; offset += limit) {
          const page = await account.get(`contacts?limit=${String(limit)}&offset=${String(offset)}`)
          expect(page.body.meta.total).toBe(String(expected.length))
          pages.push(...idsOf(page.body.contacts))
        }
        expect(pages).toEqual(expected)
      },
    ),
    { numRuns: 40 },
  )
})

test('20 rows are the default and 100 the limit', async () => {
  const account = testAccount()
  for (let n = 0; n < 120; n += 1) account.simulator.insertContact({ email: `p${String(n)}@example.com` })
  expect((await account.get('contacts')).body.contacts).toHaveLength(20)
  expect((await account.get('contacts?limit=5000')).body.contacts).toHaveLength(100)
})

test('filters choose by address, text, tag and time', async () => {
  const account = testAccount()
  account.simulator.insertContact({
    email: 'mira.holt@example.com',
    firstName: 'Mira',
    phone: '+47',
    tags: ['Trial'],
  })
  await account.clock.advance(10_000)
  account.simulator.insertContact({ email: 'jon.dahl@example.org', firstName: 'Jon' })
  const chosen = async (query: string) => idsOf((await account.get(`contacts?${query}`)).body.contacts)
  expect(await chosen('email=MIRA.HOLT@example.com')).toEqual(['1'])
  expect(await chosen('email_like=example.org')).toEqual(['2'])
  expect(await chosen('search=jon')).toEqual(['2'])
  expect(await chosen('phone=%2B47')).toEqual(['1'])
  expect(await chosen('tagid=1')).toEqual(['1'])
  expect(await chosen('ids[]=2&ids[]=1')).toEqual(['1', '2'])
  expect(await chosen('orders[email]=ASC')).toEqual(['2', '1'])
  expect(await chosen('filters%5Bupdated_after%5D=2026-05-28T10:03:55.000Z')).toEqual(['2'])
  expect(await chosen('filters[updated_after]=2026-05-28 05:03:55')).toEqual(['2'])
})

test('updated_after leaves out what changed in that very second, unless switched', async () => {
  for (const updatedAfter of ['exclusive', 'inclusive'] as const) {
    const account = testAccount({ behaviour: { updatedAfter } })
    account.simulator.insertContact({ email: 'mira.holt@example.com' })
    const { contacts } = (await account.get('contacts?filters[updated_after]=2026-05-28T10:03:51Z')).body
    expect(contacts).toHaveLength(updatedAfter === 'exclusive' ? 0 : 1)
  }
})

test('an address can exist once; PUT changes it, sync does not', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  account.simulator.insertContact({ email: 'jon.dahl@example.org' })
  const duplicate = await account.post('contacts', { contact: { email: 'Mira.Holt@example.com' } })
  expect(duplicate.status).toBe(422)
  expect(duplicate.body.errors[0]).toEqual({
    title: 'Email address already exists in the system',
    detail: '',
    code: 'duplicate',
    source: { pointer: '/data/attributes/email' },
  })
  expect((await account.put('contacts/2', { contact: { email: 'mira.holt@example.com' } })).status).toBe(422)
  expect(
    (await account.put('contacts/2', { contact: { email: 'jon@example.org' } })).body.contact.email,
  ).toBe('jon@example.org')
})

test('keys that are not sent stay; inline values come back as rows', async () => {
  const account = testAccount()
  account.simulator.defineField({ title: 'City', type: 'text' })
  account.simulator.insertContact({
    email: 'mira.holt@example.com',
    firstName: 'Mira',
    fields: { CITY: 'Oslo' },
  })
  const patched = await account.call('PATCH', 'contacts/1', {
    contact: { lastName: 'Holt', fieldValues: [{ field: 1, value: 'Bergen' }] },
  })
  expect(patched.body.contact).toMatchObject({ firstName: 'Mira', lastName: 'Holt' })
  expect(patched.body.fieldValues).toMatchObject([{ field: '1', value: 'Bergen', owner: '1', contact: '1' }])
  const read = (await account.get('contacts/1')).body
  expect(read.fieldValues).toMatchObject([{ value: 'Bergen' }])
  expect(read.contact.fieldValues).toEqual(['1'])
})

test('a deleted contact is gone: 404 by id, 404 again, no row in the list', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com', tags: ['Trial'] })
  expect(await account.remove('contacts/1')).toMatchObject({ status: 200, body: {} })
  const again = await account.remove('contacts/1')
  expect(again).toMatchObject({ status: 404, body: { message: 'No Result found for Subscriber with id 1' } })
  expect((await account.get('contacts/1')).status).toBe(404)
  expect((await account.get('contactTags')).body.contactTags).toEqual([])
})

test('field values are kept as their type demands', async () => {
  const account = testAccount()
  const { simulator } = account
  for (const type of ['listbox', 'date', 'datetime', 'text']) simulator.defineField({ title: type, type })
  simulator.insertContact({
    email: 'mira.holt@example.com',
    fields: {
      LISTBOX: 'a||b',
      DATE: '2026-05-01 00:00:00',
      DATETIME: '2026-11-01T13:05:00-05:00',
      TEXT: 'x',
    },
  })
  expect(simulator.contacts()[0]?.fields).toEqual({
    LISTBOX: '||a||b||',
    DATE: '2026-05-01',
    DATETIME: '2026-11-01T12:05:00-06:00',
    TEXT: 'x',
  })
  await account.put('contacts/1', {
    contact: { fieldValues: ['1', '2', '4'].map((field) => ({ field, value: '' })) },
  })
  // A date cannot be cleared unless the account is said to allow it.
  expect(simulator.contacts()[0]?.fields).toMatchObject({ LISTBOX: '', DATE: '2026-05-01', TEXT: '' })
})

test('a contact deleted while pages are read: offsets skip a row, the keyset does not', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const read = async (page: (ids: readonly string[]) => string) => {
    const account = testAccount()
    for (const name of names) account.simulator.insertContact({ email: `${name}@example.com` })
    account.simulator.faults.betweenPages(() => {
      if (account.simulator.contacts()[0]?.id === '1') account.simulator.removeContact(1)
    })
    const ids: string[] = []
    for (let pages = 0; pages < 4; pages += 1) {
      ids.push(...idsOf((await account.get(`contacts?limit=2&${page(ids)}`)).body.contacts))
    }
    return ids
  }
  expect(await read((ids) => `offset=${String(ids.length)}`)).toEqual(['1', '2', '4', '5', '6'])
  expect(await read((ids) => `orders[id]=ASC&id_greater=${ids.at(-1) ?? '0'}`)).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
  ])
})
