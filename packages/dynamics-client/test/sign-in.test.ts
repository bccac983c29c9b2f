import { describe, expect, test } from 'vitest'
import { clientCredentials, createDynamicsClient, SignInError, tokenCallback } from '../src/index.ts'
import { instantClock, jsonResponse } from './scripted-fetch.ts'

const environmentUrl = 'https://example.crm4.dynamics.com'
const id = '7d577253-3ef0-4a0a-bb7f-8335c2596e70'
const whoAmI = { UserId: id, BusinessUnitId: id, OrganizationId: id }
const credentials = clientCredentials
const settings = { tenantId: 'contoso.example', clientId: 'app', clientSecret: 'very-secret' }

/** A sign-in service that numbers its tokens, and an environment that says which tokens it takes. */
const world = (
  takes: (token: string) => boolean = () => true,
  token: (count: number) => Response = (count) =>
    jsonResponse({ token_type: 'Bearer', expires_in: 3_599, access_token: `token-${count}` }),
) => {
  const signIns: { url: string; form: URLSearchParams }[] = []
  const used: string[] = []
  const clock = instantClock()
  const client = createDynamicsClient({
    environmentUrl: `${environmentUrl}/`,
    credentials: credentials(settings),
    clock,
    random: () => 0,
    fetch: async (request) => {
      if (request.url.startsWith('https://login.microsoftonline.com/')) {
        signIns.push({ url: request.url, form: new URLSearchParams(await request.text()) })
        return token(signIns.length)
      }
      const bearer = request.headers.get('authorization')?.replace('Bearer ', '') ?? ''
      used.push(bearer)
      return takes(bearer) ? jsonResponse(whoAmI) : new Response(null, { status: 401 })
    },
  })
  return { client, signIns, used, clock }
}

describe('clientCredentials', () => {
  test('asks for one token for the environment, however many requests wait for it', async () => {
    const { client, signIns, used } = world()
    await Promise.all([client.whoAmI(), client.whoAmI(), client.whoAmI()])
    expect(signIns).toHaveLength(1)
    expect(signIns[0]?.url).toBe('https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token')
    expect(Object.fromEntries(signIns[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app',
      client_secret: 'very-secret',
      scope: `${environmentUrl}/.default`,
    })
    expect(used).toEqual(['token-1', 'token-1', 'token-1'])
  })

  test('renews it five minutes before it expires', async () => {
    const { client, signIns, clock } = world()
    const pass = async (ms: number) => {
      for (let left = ms; left > 0; left -= 50_000) await clock.sleep(Math.min(left, 50_000))
    }
    await client.whoAmI()
    await pass(3_298_000)
    await client.whoAmI()
    expect(signIns).toHaveLength(1)
    await pass(2_000)
    await client.whoAmI()
    expect(signIns).toHaveLength(2)
  })

  test('renews it once when the service refuses it, and gives up when it refuses the new one', async () => {
    const revoked = world((token) => token !== 'token-1')
    await revoked.client.whoAmI()
    expect(revoked.used).toEqual(['token-1', 'token-2'])

    const never = world(() => false)
    await expect(never.client.whoAmI()).rejects.toMatchObject({ status: 401, name: 'DynamicsError' })
    expect(never.signIns).toHaveLength(2)
  })

  test('a refusal says why, in words without secrets', async () => {
    const refusal = {
      error: 'invalid_client',
      error_description: 'AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1\r\nTimestamp: 2',
      error_codes: [7000215],
    }
    for (const status of [400, 401]) {
      const { client, signIns } = world(undefined, () => jsonResponse(refusal, status))
      const error = await client.whoAmI().catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(SignInError)
      expect(error).toMatchObject({ reason: 'invalid_client', aadsts: 7000215, status })
      expect(`${String(error)}${JSON.stringify(error)}`).not.toMatch(/very-secret|Trace/)
      expect(signIns).toHaveLength(1)
    }
  })

  test('an answer without a token is a refusal, not a token', async () => {
    const { client } = world(undefined, () => jsonResponse({ token_type: 'Bearer', access_token: null }))
    await expect(client.whoAmI()).rejects.toMatchObject({ reason: 'unreadable_answer' })
  })

  test('a sign-in service that is down is asked again, and said to be worth another try', async () => {
    const { client, signIns } = world(undefined, () => new Response(null, { status: 503 }))
    await expect(client.whoAmI()).rejects.toMatchObject({ name: 'SignInError', status: 503, retryable: true })
    expect(signIns).toHaveLength(5)
  })

  test('a failure is not remembered', async () => {
    const { client } = world(undefined, (count) =>
      count === 1
        ? jsonResponse({ error: 'temporarily_unavailable' }, 400)
        : jsonResponse({ expires_in: 60, access_token: 'late' }),
    )
    await expect(client.whoAmI()).rejects.toBeInstanceOf(SignInError)
    expect((await client.whoAmI()).userId).toBe(id)
  })
})

test('tokenCallback is asked anew after a 401', async () => {
  const asked: boolean[] = []
  const client = createDynamicsClient({
    environmentUrl,
    clock: instantClock(),
    credentials: tokenCallback(async ({ refresh, environmentUrl: audience }) => {
      asked.push(refresh)
      return refresh ? `fresh for ${audience}` : 'stale'
    }),
    fetch: async (request) =>
      request.headers.get('authorization') === `Bearer fresh for ${environmentUrl}`
        ? jsonResponse(whoAmI)
        : new Response(null, { status: 401 }),
  })
  expect((await client.whoAmI()).userId).toBe(id)
  expect(asked).toEqual([false, true])
})
