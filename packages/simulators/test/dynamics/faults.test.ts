import { getResponse } from 'msw'
import { expect, test } from 'vitest'
import { createDynamicsSimulator, createVirtualClock, type DynamicsSimulator } from '../../src/index.ts'
import { connect, type TestClient } from './client.ts'

const start = async (): Promise<{ simulator: DynamicsSimulator; call: TestClient }> => {
  const simulator = createDynamicsSimulator({ clock: createVirtualClock(0) })
  return { simulator, call: await connect(simulator) }
}

test('a write whose answer is lost has happened, one that is cut off before has not', async () => {
  const { simulator, call } = await start()
  simulator.faults.next({ kind: 'cut', when: 'after' }, { operation: 'contacts.create' })
  await expect(call('POST', 'contacts', { lastname: 'Written' })).rejects.toThrow(TypeError)
  simulator.faults.next({ kind: 'cut', when: 'before' }, { operation: 'contacts.create' })
  await expect(call('POST', 'contacts', { lastname: 'Lost' })).rejects.toThrow(TypeError)
  expect(simulator.rows('contact').map((row) => row.lastname)).toEqual(['Written'])
})

test('refuses on request in the words of the service, with Retry-After or without', async () => {
  const { simulator, call } = await start()
  simulator.faults.next({ kind: 'status', status: 429, retryAfter: 7 }, { method: 'GET' }, 2)
  for (let index = 0; index < 2; index += 1) {
    const refused = await call('GET', 'contacts')
    expect([refused.status, refused.headers.get('retry-after'), refused.json.error.code]).toEqual([
      429,
      '7',
      '0x80072322',
    ])
  }
  simulator.faults.next({ kind: 'status', status: 503 })
  const down = await call('GET', 'contacts')
  expect([down.status, down.headers.get('retry-after')]).toEqual([503, null])
  expect((await call('GET', 'contacts')).status).toBe(200)
  expect(simulator.calls.byOperation).toMatchObject({ token: 1, 'contacts.list': 4 })
})

test('a page can arrive cut short, and rows can change while they are paged', async () => {
  const { simulator, call } = await start()
  const ids = ['A', 'B', 'C'].map((lastname) => simulator.insert('contact', { lastname }))
  simulator.faults.next({ kind: 'truncate', share: 0.9 })
  await expect(call('GET', 'contacts?$select=lastname')).rejects.toThrow(SyntaxError)
  const prefer = { prefer: 'odata.maxpagesize=1' }
  const first = await call('GET', 'contacts?$select=lastname', undefined, prefer)
  const stop = simulator.faults.betweenPages(() => {
    for (const id of ids) if (id !== first.json.value[0].contactid) simulator.remove('contact', id)
  })
  const second = await call('GET', first.json['@odata.nextLink'], undefined, prefer)
  stop()
  expect(second.json.value).toEqual([])
})

test('serves MSW, sign-in included', async () => {
  const { simulator, call } = await start()
  const answer = await getResponse(
    [...simulator.handlers],
    new Request(`${simulator.baseUrl}/api/data/v9.2/WhoAmI`, {
      headers: { authorization: `Bearer ${call.token}` },
    }),
  )
  expect(await answer?.json()).toMatchObject({
    UserId: simulator.userId,
    OrganizationId: simulator.organizationId,
  })
  const refused = await getResponse(
    [...simulator.handlers],
    new Request(simulator.loginUrl, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    }),
  )
  expect(await refused?.json()).toMatchObject({ error: 'unauthorized_client', error_codes: [700_016] })
})

test.each([
  ['a wrong secret', { client_secret: 'x' }, 401, 'invalid_client'],
  [
    'a scope without /.default',
    { scope: 'https://org.crm4.dynamics.com/user_impersonation' },
    400,
    'invalid_scope',
  ],
  ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
] as const)('sign-in refuses %s', async (_, changed, status, error) => {
  const { simulator } = await start()
  const { clientId, clientSecret } = simulator.credentials
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${simulator.baseUrl}/.default`,
    ...changed,
  }
  const response = await simulator.fetch(
    new Request(simulator.loginUrl, { method: 'POST', body: new URLSearchParams(form) }),
  )
  expect([response.status, await response.json()]).toMatchObject([status, { error }])
})

test('bulk messages cost execution time for each row', async () => {
  const simulator = createDynamicsSimulator({
    clock: createVirtualClock(0),
    limits: { executionMs: 100, operationMs: 20 },
  })
  const call = await connect(simulator)
  const Targets = ['A', 'B', 'C', 'D', 'E'].map((lastname) => ({
    '@odata.type': 'Microsoft.Dynamics.CRM.contact',
    lastname,
  }))
  expect((await call('POST', 'contacts/Microsoft.Dynamics.CRM.CreateMultiple', { Targets })).status).toBe(200)
  const throttled = await call('GET', 'WhoAmI')
  expect([throttled.status, throttled.json.error.code]).toEqual([429, '0x80072321'])
})
