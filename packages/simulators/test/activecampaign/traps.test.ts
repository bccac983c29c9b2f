import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

const mira = { email: 'mira.holt@example.com', firstName: 'Mira', lastName: 'Holt' }

test('trap 1: contact/sync answers 201 for a new address and 200 for a known one', async () => {
  const account = testAccount()
  const first = await account.post('contact/sync', { contact: mira })
  const second = await account.post('contact/sync', { contact: { ...mira, email: ' MIRA.HOLT@example.com' } })
  expect([first.status, second.status]).toEqual([201, 200])
  expect(second.body.contact.id).toBe(first.body.contact.id)
})

test('trap 2: columns called utc hold the Chicago clock', async () => {
  const account = testAccount()
  await account.post('contacts', { contact: mira })
  const { contact } = (await account.get('contacts/1')).body
  expect(contact.updated_utc_timestamp).toBe('2026-05-28 05:03:51')
  expect(contact.udate).toBe('2026-05-28T05:03:51-05:00')
  await account.clock.advance(Date.UTC(2026, 10, 1, 12) - account.clock.now())
  await account.put('contacts/1', { contact: { phone: '1' } })
  expect((await account.get('contacts/1')).body.contact.udate).toBe('2026-11-01T06:00:00-06:00')
})

test('trap 3: a creation answers a thin row, an update and a read the full one', async () => {
  const account = testAccount()
  const created = (await account.post('contacts', { contact: mira })).body.contact
  const generated = ['phone', 'cdate', 'udate', 'orgid', 'orgname', 'links', 'id', 'organization']
  expect(new Set(Object.keys(created))).toEqual(new Set([...Object.keys(mira), ...generated]))
  const updated = (await account.put('contacts/1', { contact: { phone: '+1 312 555 0100' } })).body.contact
  expect(updated).toMatchObject({ ...mira, phone: '+1 312 555 0100', deleted: '0', bounced_hard: '0' })
  expect('last_open_date' in updated).toBe(false)
  expect('last_open_date' in (await account.get('contacts/1')).body.contact).toBe(true)
})

test('trap 4: numbers are strings, but what was sent comes back as it was sent', async () => {
  const account = testAccount()
  await account.post('contacts', { contact: mira })
  const field = (await account.post('fields', { field: { title: 'Score', type: 'number', visible: 1 } })).body
    .field
  expect(field).toMatchObject({ id: '1', visible: 1, ordernum: 1 })
  expect((await account.get('fields/1')).body.field).toMatchObject({ visible: '1', ordernum: '1' })
  const updated = await account.put('fields/1', { field: { visible: 0, show_in_list: true } })
  expect(updated.body.field).toMatchObject({ visible: 0, show_in_list: true, title: 'Score' })
  expect((await account.get('fields/1')).body.field).toMatchObject({ visible: '0', show_in_list: '1' })
  expect((await account.get('contacts')).body.meta.total).toBe('1')
})

test('trap 5: "never" is null, a zero date or a zero date-time', async () => {
  const account = testAccount()
  for (let number = 0; number < 40; number += 1) {
    account.simulator.insertContact({ email: `person${String(number)}@example.com` })
  }
  const { contacts } = (await account.get('contacts?limit=100')).body
  const seen = (column: string) => new Set(contacts.map((row: Record<string, unknown>) => row[column]))
  expect(seen('bounced_date')).toEqual(new Set([null, '0000-00-00']))
  expect(seen('deleted_at')).toEqual(new Set([null, '0000-00-00 00:00:00']))
})

test.each(['tag', 'note', 'field value'])(
  'trap 6: adding a %s moves the udate of the contact',
  async (what) => {
    const account = testAccount()
    await account.post('contacts', { contact: mira })
    await account.post('tags', { tag: { tag: 'Trial', tagType: 'contact' } })
    account.simulator.defineField({ title: 'City', type: 'text' })
    await account.clock.advance(60_000)
    if (what === 'tag') await account.post('contactTags', { contactTag: { contact: '1', tag: '1' } })
    else if (what === 'note')
      await account.post('notes', { note: { note: 'Called.', relid: 1, reltype: 'Subscriber' } })
    else await account.post('fieldValues', { fieldValue: { contact: 1, field: 1, value: 'Oslo' } })
    const { contact } = (await account.get('contacts/1')).body
    expect(contact.udate).toBe('2026-05-28T05:04:51-05:00')
    expect(contact.updated_timestamp).toBe('2026-05-28 05:04:51')
  },
)

test('trap 7: adding a tag again answers 200, the old link and no contacts', async () => {
  const account = testAccount()
  await account.post('contacts', { contact: mira })
  await account.post('tags', { tag: { tag: 'Trial', tagType: 'contact' } })
  const body = { contactTag: { contact: '1', tag: '1' } }
  const first = await account.post('contactTags', body)
  const again = await account.post('contactTags', body)
  expect(first.status).toBe(201)
  expect(first.body.contacts).toHaveLength(1)
  expect(again.status).toBe(200)
  expect(Object.keys(again.body)).toEqual(['contactTag'])
  expect(again.body.contactTag.id).toBe(first.body.contactTag.id)
})

test('trap 9: a contact a user deleted can still be read, with its address rewritten', async () => {
  const account = testAccount()
  const { id } = account.simulator.insertContact(mira)
  account.simulator.removeContact(id)
  const read = await account.get(`contacts/${id}`)
  expect(read.status).toBe(200)
  expect(read.body.contact).toMatchObject({ email: `deleted+${id}@example.com`, deleted: '1' })
  expect((await account.get('contacts')).body.contacts).toEqual([])
  expect((await account.post('contact/sync', { contact: mira })).status).toBe(201)
})

test('trap 8: deleting an account deletes its links to contacts without a word', async () => {
  const account = testAccount()
  account.simulator.insertContact(mira)
  await account.post('accounts', { account: { name: 'Fjord Partners' } })
  const link = await account.post('accountContacts', { accountContact: { contact: '1', account: '1' } })
  expect(link.status).toBe(201)
  expect((await account.remove('accounts/1')).body).toEqual({})
  const gone = await account.remove('accountContacts/1')
  expect(gone.status).toBe(404)
  expect(gone.body).toEqual({ message: 'No Result found for CustomerAccountSubscriber with id 1' })
})

test('trap 10: without Deals in the plan deals come back as stubs, with 200', async () => {
  const account = testAccount({ behaviour: { deals: false } })
  account.simulator.insert('deals', { title: 'Boat', status: '0', contact: '1' })
  const stub = { title: 'Boat', status: '0', id: '1', isDisabled: true }
  expect(await account.get('deals/1')).toMatchObject({ status: 200 })
  expect((await account.get('deals/1')).body).toEqual({ deal: stub })
  expect((await account.get('deals')).body.deals).toEqual([stub])
})
