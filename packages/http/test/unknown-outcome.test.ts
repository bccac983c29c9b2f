import { isUnknownOutcomeError, NetworkError, UnknownOutcomeError } from '@dynacamp/http'
import { expect, test } from 'vitest'
import { errorOf, get, harness, post } from './support/harness.ts'

const cut = (code?: string): never => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('socket'), { code }) })
}

test.each(['POST', 'PATCH'] as const)('a cut %s is sent once and reported as unknown', async (method) => {
  const { client, requests } = harness(() => cut('ECONNRESET'))
  const error = await errorOf(client.request({ ...post, method }))
  expect(isUnknownOutcomeError(error)).toBe(true)
  expect(error).toMatchObject({ code: 'unknown-outcome', retryable: false, attempts: 1 })
  expect(error).toHaveProperty('cause.code', 'network')
  expect(requests).toHaveLength(1)
})

test.each(['GET', 'PUT', 'DELETE'] as const)('a cut %s is sent again', async (method) => {
  const { client } = harness((_, before) => (before === 0 ? cut('ECONNRESET') : Response.json({})))
  expect((await client.request({ ...get, method })).status).toBe(200)
})

test('a POST that says it is repeatable is sent again, a PUT that says it is not is not', async () => {
  const { client } = harness((_, before) => (before % 2 === 0 ? cut() : Response.json({})))
  expect((await client.request({ ...post, repeatable: true })).status).toBe(200)
  const error = await errorOf(client.request({ ...get, method: 'PUT', repeatable: false }))
  expect(error).toBeInstanceOf(UnknownOutcomeError)
})

test.each([500, 502, 503, 504, 520, 524])('a POST answered %i may have been done', async (status) => {
  const { client, requests } = harness(
    () => new Response('oops', { status, headers: { 'x-request-id': 'r9' } }),
  )
  const error = await errorOf(client.request(post))
  expect(error).toBeInstanceOf(UnknownOutcomeError)
  expect(error).toMatchObject({ status, requestId: 'r9', cause: { code: 'http-status', body: 'oops' } })
  expect(requests).toHaveLength(1)
})

test.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED'])(
  'a POST that never left (%s) is repeated, and its end is known',
  async (code) => {
    const { client, requests } = harness(() => cut(code))
    const error = await errorOf(client.request(post))
    expect(error).toBeInstanceOf(NetworkError)
    expect(requests).toHaveLength(5)
  },
)

test('a POST without an answer in time may have been done', async () => {
  const { client, requests } = harness(() => new Promise(() => undefined), { timeoutMs: 1_000 })
  const error = await errorOf(client.request(post))
  expect(error).toMatchObject({ code: 'unknown-outcome', cause: { code: 'timeout' } })
  expect(requests).toHaveLength(1)
})

test('a POST refused first and cut then is unknown', async () => {
  const { client, requests } = harness((_, before) =>
    before === 0 ? new Response(null, { status: 429 }) : cut('ECONNRESET'),
  )
  expect(await errorOf(client.request(post))).toBeInstanceOf(UnknownOutcomeError)
  expect(requests).toHaveLength(2)
})

test('aborting a POST under way leaves its outcome unknown; the reason is the cause', async () => {
  const controller = new AbortController()
  const { client } = harness(() => {
    queueMicrotask(() => controller.abort('shutdown'))
    return new Promise(() => undefined)
  })
  const error = await errorOf(client.request({ ...post, signal: controller.signal }))
  expect(error).toMatchObject({ code: 'unknown-outcome', cause: 'shutdown' })
})
