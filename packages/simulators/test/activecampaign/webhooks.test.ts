import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { type TestAccount, testAccount } from './account.ts'

function receiver(status = 200) {
  const received: URLSearchParams[] = []
  const deliver = async (request: Request): Promise<Response> => {
    received.push(new URLSearchParams(await request.text()))
    return new Response(null, { status })
  }
  return { received, deliver }
}

const hook = (account: TestAccount, more: Record<string, unknown> = {}) =>
  account.post('webhooks', {
    webhook: {
      name: 'Hook',
      url: 'https://hooks.example.com/secret',
      events: ['subscribe', 'update', 'contact_tag_added'],
      sources: ['public', 'admin', 'system'],
      ...more,
    },
  })

test('a change by a user arrives as a PHP form', async () => {
  const { received, deliver } = receiver()
  const account = testAccount({ deliver })
  expect((await hook(account)).body.webhook).toMatchObject({ id: '1', listid: '0', links: [] })
  account.simulator.insertContact({
    email: 'mira.holt@example.com',
    firstName: 'Mira',
    tags: ['Trial', 'North'],
  })
  account.simulator.updateContact(1, { phone: '+47 1' })
  await account.simulator.delivered()
  const update = received.at(-1)
  expect(update?.get('type')).toBe('update')
  expect(update?.get('initiated_from')).toBe('admin')
  expect(update?.get('date_time')).toBe('2026-05-28T05:03:51-05:00')
  expect(update?.get('contact[email]')).toBe('mira.holt@example.com')
  expect(update?.get('contact[tags]')).toBe('Trial, North')
  expect(update?.get('customer_acct_id')).toBe('0')
})

test('a hook without the source api does not echo writes through the API', async () => {
  const { received, deliver } = receiver()
  const account = testAccount({ deliver })
  await hook(account)
  await account.post('contacts', { contact: { email: 'mira.holt@example.com' } })
  await account.simulator.delivered()
  expect(received).toEqual([])
  await hook(account, { sources: ['api'] })
  await account.put('contacts/1', { contact: { phone: '1' } })
  await account.simulator.delivered()
  expect(received).toHaveLength(1)
})

test('a hook bound to a list hears of that list only', async () => {
  const { received, deliver } = receiver()
  const account = testAccount({ deliver })
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  for (const name of ['A', 'B']) account.simulator.insert('lists', { name })
  await hook(account, { events: ['unsubscribe'], listid: 2 })
  account.simulator.unsubscribe(1, 1)
  account.simulator.unsubscribe(1, 2)
  await account.simulator.delivered()
  expect(received.map((form) => [form.get('list'), form.get('initiated_from')])).toEqual([['2', 'public']])
})

test('nothing is sent twice, and 410 silences a hook for good', async () => {
  const failing = receiver(500)
  const first = testAccount({ deliver: failing.deliver })
  await hook(first)
  first.simulator.insertContact({ email: 'mira.holt@example.com' })
  await first.simulator.delivered()
  await first.clock.advance(3_600_000)
  expect(failing.received).toHaveLength(1)
  expect(first.simulator.deliveries).toMatchObject([{ status: 500 }])

  const gone = receiver(410)
  const second = testAccount({ deliver: gone.deliver })
  await hook(second)
  for (const name of ['a', 'b', 'c']) {
    second.simulator.insertContact({ email: `${name}@example.com` })
    await second.simulator.delivered()
  }
  expect(gone.received).toHaveLength(1)
})

test('deleting a contact or an account fires nothing', async () => {
  const { received, deliver } = receiver()
  const account = testAccount({ deliver })
  const { body } = await account.get('webhook/events')
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  account.simulator.insertContact({ email: 'jon.dahl@example.com' })
  await account.post('accounts', { account: { name: 'Fjord Partners' } })
  await hook(account, { events: body.webhookEvents, sources: ['public', 'admin', 'api', 'system'] })
  await account.remove('contacts/1')
  account.simulator.removeContact(2)
  await account.remove('accounts/1')
  await account.simulator.delivered()
  expect(received).toEqual([])
})

test('field values come by position unless by tag is asked for', async () => {
  for (const [webhookFields, key] of [
    ['by-position', 'contact[fields][0]'],
    ['by-tag', 'contact[fields][city]'],
  ] as const) {
    const { received, deliver } = receiver()
    const account = testAccount({ deliver, behaviour: { webhookFields } })
    await hook(account)
    account.simulator.defineField({ title: 'City', type: 'text' })
    account.simulator.insertContact({ email: 'mira.holt@example.com', fields: { CITY: 'Oslo' } })
    await account.simulator.delivered()
    expect(received[0]?.get(key)).toBe('Oslo')
  }
})

test('unknown events and plain http receivers are not called', async () => {
  const { received, deliver } = receiver()
  const account = testAccount({ deliver })
  expect((await hook(account, { events: ['contact_deleted'] })).status).toBe(422)
  expect((await hook(account, { url: 'http://hooks.example.com/x' })).status).toBe(201)
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  await account.simulator.delivered()
  expect(received).toEqual([])
  expect(account.simulator.deliveries).toMatchObject([{ status: undefined }])
})

test('a listening simulator calls programs on this machine for real', async () => {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    request.setEncoding('utf8')
    let body = ''
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      bodies.push(body)
      response.end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const account = testAccount()
  const listening = await account.simulator.listen()
  await hook(account, { url: `http://127.0.0.1:${String(port)}/hook` })
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  await account.simulator.delivered()
  await listening.close()
  server.close()
  expect(bodies).toHaveLength(1)
  expect(new URLSearchParams(bodies[0]).get('contact[email]')).toBe('mira.holt@example.com')
})
