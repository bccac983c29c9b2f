import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

test('a note comes back with its contact, moves its udate, and its total is a number', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  await account.clock.advance(60_000)
  const made = await account.post('notes', {
    note: { note: 'Called back.', relid: 1, reltype: 'Subscriber' },
  })
  expect(made.status).toBe(201)
  expect(made.body.contacts).toHaveLength(1)
  expect(made.body.note).toMatchObject({
    relid: 1,
    owner: { type: 'contact', id: 1 },
    is_draft: '',
    user: '1',
  })
  expect((await account.get('notes')).body.meta).toEqual({ total: 1 })
  expect((await account.get('contacts/1')).body.contact.udate).toBe('2026-05-28T05:04:51-05:00')
  expect((await account.put('notes/1', { note: { note: 'Once more.' } })).status).toBe(422)
})

test('notes of accounts and deals are written under their paths', async () => {
  const account = testAccount()
  await account.post('accounts', { account: { name: 'Fjord Partners' } })
  const made = await account.post('accounts/1/notes', { note: { note: 'Visited.' } })
  expect(made.status).toBe(201)
  expect(made.body.accounts[0].name).toBe('Fjord Partners')
  const changed = await account.put('accounts/1/notes/1', { note: { note: 'Visited twice.' } })
  expect(changed.body.note).toMatchObject({ note: 'Visited twice.', relid: '1', reltype: 'CustomerAccount' })
  expect((await account.get('accounts/1/notes')).body.notes).toHaveLength(1)
})

const enter = (account: ReturnType<typeof testAccount>, automation: string) =>
  account.post('contactAutomations', { contactAutomation: { contact: '1', automation } })

test('a contact enters an active automation, and leaves by the id of the entry', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  account.simulator.insert('automations', { name: 'Welcome' })
  const entered = await enter(account, '1')
  expect(entered.status).toBe(201)
  expect(entered.body.contactAutomation).toMatchObject({
    startid: 0,
    status: 1,
    completed: 0,
    completedElements: '1',
  })
  expect((await account.get('automations')).body).toMatchObject({
    automations: [{ entered: '1' }],
    meta: { total: '1', filtered: false, smsLogs: [] },
  })
  expect((await account.get('contacts/1/automationEntryCounts')).body.automationEntryCounts).toEqual([
    { id: '1', name: 'Welcome', status: '1', hidden: '0', contactEntryCount: '1' },
  ])
  expect((await account.remove('contactAutomations/1')).body).toEqual({})
  expect((await account.get('contacts/1/contactAutomations')).body.contactAutomations).toEqual([])
})

test('inactive, unknown and entered-once automations refuse with the same 403', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  account.simulator.insert('automations', { name: 'Asleep', status: '2' })
  account.simulator.insert('automations', { name: 'Once', multientry: '0' })
  await enter(account, '2')
  for (const automation of ['1', '2', '9']) {
    expect(await enter(account, automation)).toMatchObject({
      status: 403,
      body: { message: 'Could not create SubscriberSeries' },
    })
  }
})

test('automations cannot be made by the API', async () => {
  expect((await testAccount().post('automations', { automation: { name: 'Mine' } })).status).toBe(405)
})

test('an automation that ends on unsubscribing ends', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  account.simulator.insert('lists', { name: 'Letters' })
  account.simulator.insert('automations', { name: 'Welcome', exit_on_unsubscribe: '1' })
  await enter(account, '1')
  account.simulator.unsubscribe(1, 1)
  expect(account.simulator.rows('contactAutomations')).toEqual([])
})
