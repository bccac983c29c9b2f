import { describe, expect, test } from 'vitest'
import { failureOf, scriptedService } from './scripted-service.ts'
import { accountWithContacts, emailOf, simulatedAccount } from './simulated-account.ts'

describe('listing contacts', () => {
  test('reads all of them, 100 a call, in the order of their ids', async () => {
    const { client, simulator } = accountWithContacts(250)
    const emails = (await client.contacts.list().toArray()).map((contact) => contact.email)
    expect(emails).toEqual(Array.from({ length: 250 }, (_, index) => emailOf(index)))
    expect(simulator.calls.total).toBe(3)
  })

  test('of an empty account is empty', async () => {
    const { client } = simulatedAccount()
    expect(await client.contacts.list().toArray()).toEqual([])
  })

  test('misses nobody who was there all the time while others come and go', async () => {
    const { client, simulator } = accountWithContacts(350)
    const ids = simulator.contacts().map((contact) => String(contact.id))
    let round = 0
    simulator.faults.betweenPages(() => {
      simulator.removeContact(ids[round] ?? '')
      simulator.insertContact({ email: `late${round}@example.com` })
      round += 1
    })
    const read = (await client.contacts.list().toArray()).map((contact) => contact.id)
    expect(round).toBeGreaterThan(1)
    expect(read.length).toBe(new Set(read).size)
    expect(ids.slice(round).filter((id) => !read.includes(id))).toEqual([])
  })

  test('goes on after a contact', async () => {
    const { client, simulator } = accountWithContacts(5)
    const [, second] = simulator.contacts()
    const rest = await client.contacts.list({ afterId: String(second?.id) }).toArray()
    expect(rest.map((contact) => contact.email)).toEqual([emailOf(2), emailOf(3), emailOf(4)])
  })

  test('by tag, by e-mail and by part of it', async () => {
    const { client, simulator } = accountWithContacts(3)
    simulator.insertContact({ email: 'tagged@example.com', tags: ['[D365: Lead]'] })
    const [tag] = await client.tags.search('[D365: Lead]').toArray()
    const emails = async (query: Parameters<typeof client.contacts.list>[0]) =>
      (await client.contacts.list(query).toArray()).map((contact) => contact.email)
    expect(await emails({ tagId: tag?.id ?? '' })).toEqual(['tagged@example.com'])
    expect(await emails({ email: emailOf(1) })).toEqual([emailOf(1)])
    expect(await emails({ emailLike: 'tagged' })).toEqual(['tagged@example.com'])
  })

  test('changed since a moment, with an overlap', async () => {
    const { client, simulator, clock } = accountWithContacts(2)
    await clock.advance(3_600_000)
    const since = new Date(clock.now())
    await clock.advance(60_000)
    simulator.updateContact(simulator.contacts()[1]?.id ?? '', { firstName: 'Changed' })
    const names = async (overlapMs: number) =>
      (await client.contacts.list({ updatedAfter: since, overlapMs }).toArray()).map(({ email }) => email)
    expect(await names(0)).toEqual([emailOf(1)])
    expect(await names(7_200_000)).toEqual([emailOf(0), emailOf(1)])
  })

  test('of a segment asks for no order, which the service cannot combine with one', async () => {
    const { client, requests } = scriptedService({ json: { contacts: [], meta: { total: '0' } } })
    await client.contacts.list({ segmentId: '5' }).toArray()
    const { searchParams } = new URL(requests[0]?.url ?? '')
    expect(Object.fromEntries(searchParams)).toEqual({ segmentid: '5', limit: '100', offset: '0' })
  })

  test('refuses a moment without a zone', async () => {
    const { client } = simulatedAccount()
    expect(() => client.contacts.list({ updatedAfter: '2026-05-28 05:00:00' })).toThrow('is no moment')
  })
})

describe('a contact', () => {
  test('comes with its values, and with times that are real instants', async () => {
    const { client, simulator, clock } = simulatedAccount()
    const field = simulator.defineField({ title: 'Colours', type: 'listbox', options: ['red', 'blue'] })
    const { id } = simulator.insertContact({
      email: 'mila@example.com',
      fields: { [field.perstag]: ['red', 'blue'] },
    })
    const { contact, fieldValues, problems } = await client.contacts.get(String(id))
    expect(problems).toEqual([])
    expect(fieldValues).toMatchObject([{ contact: String(id), field: field.id, value: '||red||blue||' }])
    const now = new Date(Math.floor(clock.now() / 1000) * 1000).toISOString()
    expect(contact).toMatchObject({ cdate: now, created_utc_timestamp: now, deleted: false })
  })

  test('that was deleted in the app is gone, although the service still shows it', async () => {
    const { client, simulator } = accountWithContacts(1)
    const id = String(simulator.contacts()[0]?.id)
    simulator.removeContact(id)
    expect(await failureOf(client.contacts.get(id))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(client.contacts.update(id, { lastName: 'Novak' }))).toMatchObject({
      code: 'not-found',
    })
  })

  test('is made, found by sync, changed and deleted', async () => {
    const { client, simulator } = simulatedAccount()
    const field = simulator.defineField({ title: 'Position', type: 'text' })
    const made = await client.contacts.sync({
      email: ' Mila@Example.com ',
      firstName: 'Mila',
      fieldValues: [{ field: field.id, value: 'Buyer' }],
    })
    expect(made).toMatchObject({ created: true, contact: { email: 'mila@example.com', firstName: 'Mila' } })
    const again = await client.contacts.sync({ email: 'mila@example.com', lastName: 'Novak' })
    expect(again).toMatchObject({ created: false, contact: { firstName: 'Mila', lastName: 'Novak' } })
    await client.contacts.update(made.contact.id, { email: 'novak@example.com', phone: '' })
    const { contact, fieldValues } = await client.contacts.get(made.contact.id)
    expect(contact).toMatchObject({ email: 'novak@example.com', firstName: 'Mila', phone: '' })
    expect(fieldValues).toMatchObject([{ field: field.id, value: 'Buyer' }])
    expect(await client.contacts.delete(contact.id)).toEqual({ existed: true })
    expect(await client.contacts.delete(contact.id)).toEqual({ existed: false })
  })

  test('with an e-mail that is taken is a duplicate', async () => {
    const { client } = accountWithContacts(1)
    expect(await failureOf(client.contacts.create({ email: emailOf(0) }))).toMatchObject({
      code: 'duplicate',
      status: 422,
      pointer: '/data/attributes/email',
    })
  })
})

describe('a connection that breaks', () => {
  test('leaves the outcome of a create unknown, and nothing is sent twice', async () => {
    const { client, simulator } = simulatedAccount()
    simulator.faults.next({ kind: 'cut', when: 'after' })
    expect(await failureOf(client.contacts.create({ email: 'mila@example.com' }))).toMatchObject({
      code: 'unknown-outcome',
    })
    expect(simulator.calls.total).toBe(1)
    expect(simulator.contacts()).toHaveLength(1)
  })

  test.each(['before', 'after'] as const)('%s a sync took effect is overcome', async (when) => {
    const { client, simulator } = simulatedAccount()
    simulator.faults.next({ kind: 'cut', when })
    const { contact } = await client.contacts.sync({ email: 'mila@example.com' })
    expect(simulator.contacts().map(({ id }) => String(id))).toEqual([contact.id])
  })

  test('after a delete took effect is overcome', async () => {
    const { client, simulator } = accountWithContacts(1)
    simulator.faults.next({ kind: 'cut', when: 'after' })
    await client.contacts.delete(String(simulator.contacts()[0]?.id))
    expect(simulator.contacts()).toEqual([])
  })
})

describe('the limit of the account', () => {
  test('is never touched: 5 requests a second', async () => {
    const statuses: (number | undefined)[] = []
    const { client, simulator, clock } = simulatedAccount(
      {},
      { onEvent: (event) => event.type === 'response' && statuses.push(event.status) },
    )
    const start = clock.now()
    await Promise.all(Array.from({ length: 50 }, () => client.me()))
    expect(statuses).toEqual(Array.from({ length: 50 }, () => 200))
    expect(simulator.calls.total).toBe(50)
    expect(clock.now() - start).toBeGreaterThanOrEqual(9_000)
    expect(clock.now() - start).toBeLessThan(10_000)
  })

  test('leaves others their share', async () => {
    const account = simulatedAccount({}, { share: 0.4 })
    const start = account.clock.now()
    await Promise.all(Array.from({ length: 11 }, () => account.client.me()))
    expect(account.clock.now() - start).toBeGreaterThanOrEqual(5_000)
  })
})
