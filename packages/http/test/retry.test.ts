import { createRateLimiter, HttpStatusError, NetworkError } from '@dynacamp/http'
import { createVirtualClock } from '@dynacamp/simulators'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorOf, get, harness, post, type Serve } from './support/harness.ts'

/** Fails the first times, then answers. */
const failing =
  (times: number, fail: () => Response): Serve =>
  (_, before) =>
    before < times ? fail() : Response.json({ done: true })

const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response('{"message":"no"}', { status: code, headers })

test.each([408, 429, 500, 502, 503, 504, 520, 522, 524])('repeats a GET after %i', async (code) => {
  const { client, requests } = harness(failing(2, status(code)))
  expect((await client.request(get)).json()).toEqual({ done: true })
  expect(requests).toHaveLength(3)
})

test.each([400, 401, 403, 404, 409, 412, 422, 501, 505])('does not repeat a GET after %i', async (code) => {
  const { client, requests } = harness(failing(2, status(code)))
  const error = await errorOf(client.request(get))
  expect(error).toBeInstanceOf(HttpStatusError)
  expect(error).toMatchObject({ status: code, retryable: false, attempts: 1, body: { message: 'no' } })
  expect(requests).toHaveLength(1)
})

test('the pause doubles, is capped, and ends with the last attempt', async () => {
  const { client, sentAtMs } = harness(failing(99, status(503)), {
    retry: { maxAttempts: 6, baseDelayMs: 500, maxDelayMs: 3_000 },
  })
  const error = await errorOf(client.request(get))
  expect(error).toMatchObject({ status: 503, retryable: true, attempts: 6 })
  expect(sentAtMs()).toEqual([0, 500, 1_500, 3_500, 6_500, 9_500])
})

test('law: a drawn pause is between half and all of its step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0, max: 0.999, noNaN: true }), async (drawn) => {
      const { client, sentAtMs } = harness(failing(2, status(503)), { random: () => drawn })
      await client.request(get)
      const [first = 0, second = 0, third = 0] = sentAtMs()
      expect(second - first).toBeGreaterThanOrEqual(250)
      expect(second - first).toBeLessThanOrEqual(500)
      expect(third - second).toBeGreaterThanOrEqual(500)
      expect(third - second).toBeLessThanOrEqual(1_000)
    }),
    { numRuns: 30 },
  )
})

test('Retry-After in seconds is obeyed to the millisecond', async () => {
  const { client, sentAtMs } = harness(failing(1, status(429, { 'retry-after': '37' })))
  await client.request(get)
  expect(sentAtMs()).toEqual([0, 37_000])
})

test("Retry-After as a date is measured against the server's own clock", async () => {
  const headers = { date: 'Tue, 01 Jan 2030 10:00:00 GMT', 'retry-after': 'Tue, 01 Jan 2030 10:00:20 GMT' }
  const { client, sentAtMs } = harness(failing(1, status(503, headers)))
  await client.request(get)
  expect(sentAtMs()).toEqual([0, 20_000])
})

test('Retry-After as a date without a Date header is measured against ours', async () => {
  const { client, sentAtMs, startMs } = harness((_, before) =>
    before === 0
      ? status(429, { 'retry-after': new Date(startMs + 15_000).toUTCString() })()
      : Response.json({}),
  )
  await client.request(get)
  expect(sentAtMs()).toEqual([0, 15_000])
})

test.each(['0', '-5', 'soon', '', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
  'Retry-After "%s" names no time, so the backoff does',
  async (value) => {
    const { client, sentAtMs } = harness(failing(1, status(429, { 'retry-after': value })))
    await client.request(get)
    expect(sentAtMs()).toEqual([0, 500])
  },
)

test('a pause longer than maxRetryAfterMs fails at once and says how long', async () => {
  const { client, requests } = harness(failing(1, status(429, { 'retry-after': '3600' })))
  const error = await errorOf(client.request(get))
  expect(error).toMatchObject({ status: 429, retryable: true, retryAfterMs: 3_600_000 })
  expect(requests).toHaveLength(1)
})

test('one 429 pauses everybody who shares the limiter', async () => {
  const clock = createVirtualClock()
  const limiter = createRateLimiter({ requests: 1, perMs: 1_000, clock })
  const throttled = harness(failing(1, status(429, { 'retry-after': '30' })), { clock, limiter })
  const other = harness(failing(0, status(500)), { clock, limiter })
  await Promise.all([throttled.client.request(get), other.client.request(get), other.client.request(get)])
  expect(throttled.sentAtMs()[0]).toBe(0)
  const later = [...throttled.sentAtMs().slice(1), ...other.sentAtMs()]
  expect(later.toSorted((a, b) => a - b)).toEqual([30_000, 31_001, 32_002])
})

test('network failures of a GET are repeated and end as NetworkError', async () => {
  const { client, requests } = harness(() => {
    throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') })
  })
  const error = await errorOf(client.request(get))
  expect(error).toBeInstanceOf(NetworkError)
  expect(error).toMatchObject({ code: 'network', retryable: true, attempts: 5 })
  expect(`${error}`).toContain('read ECONNRESET')
  expect(requests).toHaveLength(5)
})

test.each([429, 503])(
  'a POST refused with %i and Retry-After is repeated: the server did nothing',
  async (code) => {
    const { client, requests } = harness(failing(2, status(code, { 'retry-after': '1' })))
    expect((await client.request(post)).json()).toEqual({ done: true })
    expect(requests.map(({ body }) => body)).toEqual(['{"name":"x"}', '{"name":"x"}', '{"name":"x"}'])
  },
)

test('a service may say what its statuses mean', async () => {
  const judge = ({ status: code, attempt }: { status: number; attempt: number }) =>
    code === 403 && attempt === 1 ? 'refused' : undefined
  const once = harness(failing(1, status(403)), { retry: { judge } })
  expect((await once.client.request(post)).status).toBe(200)
  const twice = harness(failing(2, status(403)), { retry: { judge } })
  expect(await errorOf(twice.client.request(post))).toMatchObject({ status: 403, attempts: 2 })
})

test('maxAttempts 1 switches retries off', async () => {
  const { client, requests } = harness(failing(1, status(503)), { retry: { maxAttempts: 1 } })
  expect(await errorOf(client.request(get))).toMatchObject({ status: 503 })
  expect(requests).toHaveLength(1)
})
