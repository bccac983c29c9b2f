import { expect, test } from 'vitest'
import { type TestAccount, testAccount } from './account.ts'

async function imported(
  account: TestAccount,
  contacts: readonly unknown[],
  more: Record<string, unknown> = {},
) {
  const queued = await account.post('import/bulk_import', { contacts, ...more })
  expect(queued.body).toMatchObject({ Success: 1, queued_contacts: contacts.length })
  return { batchId: String(queued.body.batchId) }
}

const info = async (account: TestAccount, batchId: string) =>
  (await account.get(`import/info?batchId=${batchId}`)).body

test('an import waits, runs and is completed in the time of the clock', async () => {
  const account = testAccount({ behaviour: { importWaitMs: 5000, importRunMs: 10_000 } })
  const { batchId } = await imported(account, [{ email: 'mira.holt@example.com', first_name: 'Mira' }])
  expect(await info(account, batchId)).toEqual({ status: 'waiting', success: [], failure: [] })
  await account.clock.advance(5000)
  expect(await info(account, batchId)).toMatchObject({ status: 'active', success: [] })
  expect(account.simulator.contacts()).toEqual([])
  await account.clock.advance(10_000)
  expect(await info(account, batchId)).toEqual({ status: 'completed', success: ['1'], failure: [] })
  expect(account.simulator.contacts()[0]).toMatchObject({ email: 'mira.holt@example.com', firstName: 'Mira' })
})

test('tags and accounts are made by name, fields and lists go by id', async () => {
  const account = testAccount()
  account.simulator.defineField({ title: 'City', type: 'text' })
  account.simulator.insert('lists', { name: 'Letters' })
  await imported(account, [
    {
      email: 'mira.holt@example.com',
      tags: ['Trial', 'North'],
      customer_acct_name: 'Fjord Partners',
      fields: [{ id: 1, value: 'Oslo' }],
      subscribe: [{ listid: 1 }],
    },
    { email: 'jon.dahl@example.com', customer_acct_name: 'fjord partners', tags: ['Trial'] },
  ])
  await account.clock.advance(60_000)
  const [mira, jon] = account.simulator.contacts()
  expect(mira).toMatchObject({
    tags: ['Trial', 'North'],
    fields: { CITY: 'Oslo' },
    lists: { '1': '1' },
    accountId: '1',
  })
  expect(jon).toMatchObject({ tags: ['Trial'], accountId: '1' })
  expect(account.simulator.rows('tags')).toHaveLength(2)
})

test('contacts fail one by one: no address, bounced, excluded, unsubscribed, over the limit', async () => {
  const account = testAccount({ behaviour: { contactLimit: 3 } })
  const { simulator } = account
  simulator.insert('lists', { name: 'Letters' })
  simulator.insert('campaigns', { name: 'Spring' })
  for (const name of ['bounced', 'left', 'fine']) simulator.insertContact({ email: `${name}@example.com` })
  simulator.engage({ contact: 1, kind: 'hard-bounce', campaign: 1 })
  simulator.unsubscribe(2, 1)
  simulator.insert('exclusions', { matchPhrase: 'excluded@example.com', matchType: 'exact', channel: 'all' })
  const { batchId } = await imported(account, [
    { email: 'bounced@example.com' },
    { email: 'left@example.com', subscribe: [{ listid: 1 }] },
    { email: 'fine@example.com', first_name: 'Fine' },
    { email: 'excluded@example.com' },
    { first_name: 'Nobody' },
    { email: 'fourth@example.com' },
  ])
  await account.clock.advance(60_000)
  expect(await info(account, batchId)).toEqual({
    status: 'completed',
    success: ['3'],
    failure: ['bounced@example.com', 'left@example.com', 'excluded@example.com', '', 'fourth@example.com'],
  })
})

test('a batch with a malformed address, too many contacts or too many bytes is refused as a whole', async () => {
  const account = testAccount()
  const post = (contacts: readonly unknown[]) => account.post('import/bulk_import', { contacts })
  const malformed = await post([{ email: 'fine@example.com' }, { email: 'not an address' }])
  expect(malformed.status).toBe(400)
  expect(malformed.body).toMatchObject({
    success: 0,
    failureReasons: [{ contact: 1, failureReason: "Field 'email' incorrect format" }],
  })
  const many = Array.from({ length: 251 }, (_, n) => ({ email: `p${String(n)}@example.com` }))
  expect((await post(many)).status).toBe(400)
  expect((await post([{ email: 'fine@example.com', first_name: 'x'.repeat(400_000) }])).status).toBe(400)
  await account.clock.advance(60_000)
  expect(account.simulator.contacts()).toEqual([])
})

test.each([
  [20, 1],
  [100, 2],
])('more than %i imports a minute of %i contact(s) are refused, with a reason', async (limit, size) => {
  const account = testAccount()
  const contacts = Array.from({ length: size }, (_, n) => ({ email: `p${String(n)}@example.com` }))
  for (let n = 0; n < limit; n += 1) await imported(account, contacts)
  const refused = await account.post('import/bulk_import', { contacts })
  expect(refused).toMatchObject({ status: 400, body: { success: 0, message: 'Rate limit exceeded.' } })
  await account.clock.advance(60_001)
  await imported(account, contacts)
})

test('imports fire no webhooks', async () => {
  const account = testAccount({ deliver: () => Promise.resolve(new Response()) })
  await account.post('webhooks', {
    webhook: {
      name: 'All',
      url: 'https://hooks.example.com/x',
      events: ['subscribe', 'update'],
      sources: ['api'],
    },
  })
  await imported(account, [{ email: 'mira.holt@example.com', tags: ['Trial'] }])
  await account.clock.advance(60_000)
  expect(account.simulator.contacts()).toHaveLength(1)
  await account.simulator.delivered()
  expect(account.simulator.deliveries).toEqual([])
})

test('the queue is told by day; a status needs its batch', async () => {
  const account = testAccount()
  await imported(account, [{ email: 'a@example.com' }, { email: 'b@example.com' }])
  expect((await account.get('import/bulk_import')).body).toEqual({
    outstanding: [{ forDate: '2026-05-28', batches: '1', contacts: '2' }],
    recentlyCompleted: [],
  })
  await account.clock.advance(60_000)
  expect((await account.get('import/bulk_import')).body.recentlyCompleted).toHaveLength(1)
  expect(await account.get('import/info')).toMatchObject({
    status: 400,
    body: { success: 0, message: "'batchId' is a required field." },
  })
})

test('a callback is called when the import is done, without anybody asking', async () => {
  const bodies: unknown[] = []
  const account = testAccount({
    deliver: async (request) => {
      bodies.push(await request.json())
      return new Response()
    },
  })
  const { batchId } = await imported(account, [{ email: 'mira.holt@example.com' }], {
    callback: {
      url: 'https://hooks.example.com/done',
      detailed_results: 'true',
      params: [{ key: 'run', value: '7' }],
    },
  })
  await account.clock.advance(15_000)
  await account.simulator.delivered()
  expect(bodies).toEqual([{ run: '7', batchId, success: ['1'], failure: [] }])
})
