import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

async function withList() {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  const made = await account.post('lists', {
    list: {
      name: 'Letters',
      stringid: 'letters',
      sender_url: 'https://example.com',
      sender_reminder: 'You asked.',
    },
  })
  expect(made.status).toBe(201)
  const set = (status: number) =>
    account.post('contactLists', { contactList: { list: 1, contact: 1, status } })
  return { account, set }
}

test('subscribing answers 200 with the contact, doing it again without', async () => {
  const { account, set } = await withList()
  const first = await set(1)
  expect(first.status).toBe(200)
  expect(first.body.contacts).toHaveLength(1)
  expect(first.body.contactList).toMatchObject({ status: 1, contact: '1', list: '1' })
  const again = await set(1)
  expect(again.status).toBe(200)
  expect('contacts' in again.body).toBe(false)
  expect((await account.get('lists')).body.lists[0]).toMatchObject({ active_subscribers: '1' })
})

test('status 1 brings back somebody who left by himself', async () => {
  const { account, set } = await withList()
  await set(1)
  account.simulator.unsubscribe(1, 1)
  expect((await account.get('contacts/1/contactLists')).body.contactLists[0].status).toBe('2')
  expect((await account.get('contacts?listid=1&status=2')).body.contacts).toHaveLength(1)
  await set(1)
  expect(account.simulator.contacts()[0]?.lists).toEqual({ '1': '1' })
})

test('statuses 0 and 3 cannot be written', async () => {
  const { set } = await withList()
  expect((await set(3)).status).toBe(422)
})

test('a list change leaves the udate of the contact unless switched', async () => {
  for (const [listChange, moved] of [
    ['keeps-udate', false],
    ['moves-udate', true],
  ] as const) {
    const account = testAccount({ behaviour: { listChange } })
    const { updatedAtMs } = account.simulator.insertContact({ email: 'mira.holt@example.com' })
    await account.post('lists', { list: { name: 'Letters' } })
    await account.clock.advance(1000)
    await account.post('contactLists', { contactList: { list: 1, contact: 1, status: 1 } })
    expect((account.simulator.contacts()[0]?.updatedAtMs ?? 0) > updatedAtMs).toBe(moved)
  }
})

test('who may not create lists is told so', async () => {
  const account = testAccount()
  account.simulator.update('groups', '3', { pgListAdd: '0' })
  const refused = await account.post('lists', { list: { name: 'Letters' } })
  expect(refused.status).toBe(403)
  expect(refused.body.errors[0]).toEqual({
    status: 403,
    title: 'Forbidden',
    detail: 'You do not have permission to create lists.',
  })
})

test('exclusions are kept, found and checked', async () => {
  const account = testAccount()
  const made = await account.post('lists/exclusions', {
    matchPhrase: '@spam.example',
    matchType: 'end',
    channel: 'all',
  })
  expect(made.status).toBe(201)
  expect((await account.get('lists/exclusions?filters[matchPhrase]=spam')).body.exclusions).toHaveLength(1)
  const wrong = await account.get('lists/exclusions?orders[matchPhrase]=DASC')
  expect(wrong.status).toBe(422)
  expect(wrong.body.errors[0].source.pointer).toBe('/data/attributes/orders[matchPhrase]')
  expect((await account.put('lists/exclusions/9', {})).body.message).toBe(
    'No Result found for Exclusion with id 9',
  )
})
