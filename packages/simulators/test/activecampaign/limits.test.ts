import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

test('a bad key is answered with 403 everywhere', async () => {
  const { simulator } = testAccount()
  for (const path of ['users/me', 'contacts', 'contacts/1']) {
    const request = new Request(`${simulator.baseUrl}/api/3/${path}`, { headers: { 'Api-Token': 'wrong' } })
    expect((await simulator.fetch(request)).status).toBe(403)
  }
})

test('the key belongs to the first user, who sees the account', async () => {
  const account = testAccount()
  const me = await account.get('users/me')
  expect(me.body.user).toMatchObject({ id: '1', mfaEnabled: '0', cdate: null })
  const settings = await account.get('settings/account')
  expect(settings.body).toMatchObject({ subscriber_total: 0, trial: false })
  expect(settings.headers.get('cache-control')).toBe('private')
})

test('six requests in one second get one 429 with Retry-After, and waiting that long lifts it', async () => {
  const account = testAccount({ rateLimit: {} })
  for (let number = 0; number < 5; number += 1) expect((await account.get('users/me')).status).toBe(200)
  await account.clock.advance(999)
  const refused = await account.get('users/me')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(refused.headers.has('ratelimit-limit')).toBe(false)
  await account.clock.advance(1)
  expect((await account.get('users/me')).status).toBe(200)
})

test('RateLimit headers are sent when switched on', async () => {
  const account = testAccount({ rateLimit: { headers: true } })
  const { headers } = await account.get('users/me')
  expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual(['5', '4'])
})

test('paths that do not exist are 404, wrong methods 405', async () => {
  const account = testAccount()
  expect((await account.post('campaign/send', {})).status).toBe(404)
  expect((await account.call('DELETE', 'users/me/nothing')).status).toBe(404)
  expect((await account.post('contacts/1', {})).status).toBe(405)
})

test('slashes are escaped as PHP does', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  const { text, body } = await account.get('contacts/1')
  expect(text).toContain(String.raw`https:\/\/dynacamp.api-us1.com\/api\/3\/contacts\/1\/notes`)
  expect(body.contact.links.notes).toBe('https://dynacamp.api-us1.com/api/3/contacts/1/notes')
})

test('links follow the address the simulator listens on', async () => {
  const { simulator } = testAccount()
  simulator.insertContact({ email: 'mira.holt@example.com' })
  const server = await simulator.listen()
  const response = await fetch(`${server.url}/api/3/contacts/1`, {
    headers: { 'Api-Token': simulator.apiKey },
  })
  const { contact } = (await response.json()) as { contact: { links: { notes: string } } }
  await server.close()
  expect(contact.links.notes).toBe(`${server.url}/api/3/contacts/1/notes`)
})

test('both generations of the API share the limit', async () => {
  const account = testAccount({ rateLimit: {} })
  for (let number = 0; number < 5; number += 1) await account.get('/admin/api.php?api_action=none')
  expect((await account.get('users/me')).status).toBe(429)
})

test('a connection cut after the write leaves the contact behind', async () => {
  const account = testAccount()
  account.simulator.faults.next({ kind: 'cut', when: 'after' }, { operation: 'contacts.create' })
  const contact = { email: 'mira.holt@example.com' }
  await expect(account.post('contacts', { contact })).rejects.toThrow(TypeError)
  expect(account.simulator.contacts()).toHaveLength(1)
  expect((await account.post('contacts', { contact })).status).toBe(422)
})

test('pages are as small as the switch says, and the total tells what is left', async () => {
  const account = testAccount({ behaviour: { pageLimit: 2 } })
  for (const name of ['ada', 'bea', 'carl']) account.simulator.insertContact({ email: `${name}@example.com` })
  for (const path of ['contacts?limit=100', 'contacts?limit=100&offset=2']) {
    const { body } = await account.get(path)
    expect(body.meta.total).toBe('3')
    expect(body.contacts).toHaveLength(path.endsWith('2') ? 1 : 2)
  }
  for (const tag of ['A', 'B', 'C']) await account.post('tags', { tag: { tag, tagType: 'contact' } })
  expect((await account.get('tags')).body.tags).toHaveLength(2)
})
