import { describe, expect, test } from 'vitest'
import { failureOf } from './scripted-service.ts'
import { accountWithContacts, simulatedAccount } from './simulated-account.ts'

const setUp = () => {
  const { client, simulator } = accountWithContacts(1)
  const contact = String(simulator.contacts()[0]?.id)
  const list = String(simulator.insert('lists', { name: 'News', stringid: 'news' }).id)
  const statuses = async () =>
    (await client.contactLists.listForContact(contact).toArray()).map(({ status }) => status)
  return { client, simulator, contact, list, statuses }
}

describe('subscribing', () => {
  test('puts a contact on a list, once', async () => {
    const { client, simulator, contact, list, statuses } = setUp()
    expect(await client.contactLists.subscribe({ contact, list })).toMatchObject({
      contact,
      list,
      status: 'active',
    })
    const before = simulator.calls.total
    await client.contactLists.subscribe({ contact, list })
    expect(simulator.calls.total - before).toBe(1)
    expect(await statuses()).toEqual(['active'])
  })

  test('never brings back somebody who left, unless that is said aloud', async () => {
    const { client, simulator, contact, list, statuses } = setUp()
    await client.contactLists.subscribe({ contact, list })
    simulator.unsubscribe(contact, list)
    expect(await failureOf(client.contactLists.subscribe({ contact, list }))).toMatchObject({
      code: 'unsubscribed',
    })
    expect(await statuses()).toEqual(['unsubscribed'])
    await client.contactLists.subscribe({ contact, list }, { resubscribe: true })
    expect(await statuses()).toEqual(['active'])
    expect(simulator.rows('contactLists')).toMatchObject([{ sourceid: '4' }])
  })

  test('and unsubscribing come with the contact', async () => {
    const { client, contact, list } = setUp()
    await client.contactLists.unsubscribe({ contact, list })
    expect((await client.contacts.get(contact)).contactLists).toMatchObject([
      { list, status: 'unsubscribed' },
    ])
    expect(await client.contactLists.list().toArray()).toHaveLength(1)
  })
})

describe('lists', () => {
  test('are made, changed, shown to a group and deleted', async () => {
    const { client } = simulatedAccount()
    const list = await client.lists.create({
      name: 'News',
      stringid: 'news',
      sender_url: 'https://example.com',
      sender_reminder: 'You asked for it.',
    })
    await client.lists.update(list.id, { name: 'Monthly news' })
    expect(await client.lists.get(list.id)).toMatchObject({ name: 'Monthly news', stringid: 'news' })
    await client.lists.showTo({ list: list.id, group: '1' })
    expect((await client.lists.list().toArray()).map(({ id }) => id)).toContain(list.id)
    expect(await client.lists.delete(list.id)).toEqual({ existed: true })
  })
})

describe('exclusions', () => {
  test('are listed, read and changed', async () => {
    const { client, simulator } = simulatedAccount()
    const row = { matchPhrase: 'mila@example.com', matchType: 'exact', channel: 'all', lists: [] }
    const id = String(simulator.insert('exclusions', row).id)
    expect(await client.exclusions.list({ matchPhrase: 'mila' }).toArray()).toMatchObject([
      { id, channel: 'all' },
    ])
    await client.exclusions.update(id, { channel: 'several', lists: ['1'] })
    expect(await client.exclusions.get(id)).toMatchObject({ channel: 'several', lists: ['1'] })
  })
})
