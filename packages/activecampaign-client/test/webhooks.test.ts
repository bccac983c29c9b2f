import { describe, expect, test } from 'vitest'
import { parseWebhook } from '../src/index.ts'
import { accountWithContacts, simulatedAccount } from './simulated-account.ts'

const input = {
  name: 'CRM',
  url: 'https://crm.example.com/hooks/3f9a1c70',
  events: ['update', 'contact_tag_added', 'unsubscribe'],
  sources: ['public', 'admin', 'system'],
} as const

describe('webhooks', () => {
  test('are registered, listed, changed and removed', async () => {
    const { client } = simulatedAccount()
    const webhook = await client.webhooks.create(input)
    expect(webhook).toMatchObject({ url: input.url, events: [...input.events], listid: null })
    expect(await client.webhooks.list({ url: input.url }).toArray()).toHaveLength(1)
    await client.webhooks.update(webhook.id, { events: ['open'] })
    expect((await client.webhooks.get(webhook.id)).events).toEqual(['open'])
    expect(await client.webhooks.events()).toContain('contact_tag_added')
    expect(await client.webhooks.delete(webhook.id)).toEqual({ existed: true })
  })
})

describe('the body of a call', () => {
  const oddEvent =
    'type=unsubscribe&date_time=2023-07-12T06%3A49%3A04-05%3A00&initiated_from=public&initiated_by=public&list=0' +
    '&contact%5Bid%5D=1234&contact%5Bemail%5D=mila%40example.com&contact%5Btags%5D=month%2C+free_forever' +
    '&contact%5Bfields%5D%5Bfavourite_color%5D=blue&list%5B%5D%5Bid%5D=3&__proto__%5Bpolluted%5D=1'

  test('is typed where it is known, and kept where it is not', () => {
    const event = parseWebhook(`${oddEvent}&unheard%5Bof%5D%5B%5D=1`)
    expect(event).toMatchObject({
      type: 'unsubscribe',
      date_time: '2023-07-12T11:49:04.000Z',
      contact: { id: '1234', tags: ['month', 'free_forever'], fields: { favourite_color: 'blue' } },
      payload: { unheard: { of: ['1'] } },
    })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test.each([
    ['a=1', []],
    ['list=0', []],
    ['list=7', ['7']],
    ['list%5Bid%5D=7&list%5Bname%5D=News', ['7']],
    ['list%5B0%5D%5Bid%5D=7&list%5B1%5D%5Bid%5D=8', ['7', '8']],
  ])('names its lists: %s', (list, expected) => {
    expect(parseWebhook(`type=x&${list}`).list).toEqual(expected)
  })

  test.each([
    '',
    'nonsense',
    'type=',
    'type%5Ba%5D=1',
    '{"type":"update"}',
    'type=update&contact%5Bemail%5D=a',
  ])('is refused when it is none: %s', (body) => {
    expect(() => parseWebhook(body)).toThrow(expect.objectContaining({ code: 'malformed-webhook' }))
  })

  test('is refused when it is gigantic', () => {
    expect(() => parseWebhook(`type=x&a=${'a'.repeat(1_000_001)}`)).toThrow('characters')
  })

  test('is read as the service sends it, for every event that is fired', async () => {
    const { client, simulator } = accountWithContacts(0)
    const events = await client.webhooks.events()
    await client.webhooks.create({ ...input, events, sources: ['public', 'admin', 'api', 'system'] })
    const field = simulator.defineField({ title: 'Colour', type: 'text' })
    const { contact } = await client.contacts.create({ email: 'mila@example.com' })
    const tag = await client.tags.create({ tag: 'Customer' })
    const list = String(simulator.insert('lists', { name: 'News' }).id)
    await client.contacts.update(contact.id, { fieldValues: [{ field: field.id, value: 'blue' }] })
    await client.contactTags.add({ contact: contact.id, tag: tag.id })
    await client.contactTags.remove({ contact: contact.id, tag: tag.id })
    await client.contactLists.subscribe({ contact: contact.id, list })
    await client.contactLists.unsubscribe({ contact: contact.id, list })
    await client.notes.create({ contact: contact.id, note: 'Hello' })
    const account = await client.accounts.create({ name: 'Novak' })
    await client.accountContacts.create({ contact: contact.id, account: account.id })
    await simulator.delivered()
    const parsed = simulator.deliveries.map(({ body }) => parseWebhook(body))
    const types = new Set(parsed.map((event) => event.type))
    expect([...types]).toEqual(
      expect.arrayContaining([
        'update',
        'contact_tag_added',
        'contact_tag_removed',
        'subscribe',
        'unsubscribe',
        'account_add',
      ]),
    )
    const ofContact = parsed.filter((event) => event.contact)
    expect(ofContact.length).toBeGreaterThan(4)
    expect(new Set(ofContact.map((event) => event.contact?.id))).toEqual(new Set([contact.id]))
    expect(parsed.find((event) => event.type === 'contact_tag_added')?.tag).toBe('Customer')
  })
})
