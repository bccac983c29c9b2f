import { createRateLimiter } from '@dynacamp/http'
import { createVirtualClock } from '@dynacamp/simulators'
import { expect, test } from 'vitest'
import { errorOf, get, harness, post } from './support/harness.ts'

test('a call that is throttled, then fails, then succeeds tells it all', async () => {
  const answers = [
    new Response('{}', { status: 429, headers: { 'retry-after': '2', 'x-request-id': 'r1' } }),
    new Response('{}', { status: 503 }),
    Response.json({}, { headers: { 'x-request-id': 'r3' } }),
  ]
  const { client, events, startMs, clock } = harness(async (_, before) => {
    await clock.sleep(40)
    return answers[before] ?? Response.error()
  })
  await client.request(get)
  const common = { service: 'test', operation: 'things.get', method: 'GET', call: 1 }
  const url = 'https://api.example.com/v1/things/1'
  const at = (atMs: number, attempt: number) => ({ ...common, url, attempt, atMs: startMs + atMs })
  expect(events).toEqual([
    { type: 'request', ...at(0, 1) },
    { type: 'response', status: 429, error: undefined, requestId: 'r1', durationMs: 40, ...at(40, 1) },
    { type: 'throttle', source: 'server', waitMs: 2_000, ...at(40, 1) },
    { type: 'retry', reason: 'status-429', delayMs: 2_000, ...at(40, 1) },
    { type: 'request', ...at(2_040, 2) },
    {
      type: 'response',
      status: 503,
      error: undefined,
      requestId: undefined,
      durationMs: 40,
      ...at(2_080, 2),
    },
    { type: 'retry', reason: 'status-503', delayMs: 1_000, ...at(2_080, 2) },
    { type: 'request', ...at(3_080, 3) },
    { type: 'response', status: 200, error: undefined, requestId: 'r3', durationMs: 40, ...at(3_120, 3) },
  ])
})

test('waiting for the limiter is told with its length', async () => {
  const clock = createVirtualClock()
  const limiter = createRateLimiter({ requests: 1, perMs: 1_000, clock })
  const { client, events } = harness(() => Response.json({}), { clock, limiter })
  await client.request(get)
  await client.request(get)
  const throttled = events.filter((event) => event.type === 'throttle')
  expect(throttled).toMatchObject([{ source: 'limiter', waitMs: 1_001, call: 2, attempt: 1 }])
})

test('an attempt without an answer ends with the code of its error', async () => {
  const { client, events } = harness(() => Promise.reject(new Error('socket')), { retry: { maxAttempts: 1 } })
  await errorOf(client.request(get))
  expect(events.map((event) => (event.type === 'response' ? event.error : event.type))).toEqual([
    'request',
    'network',
  ])
})

test('an aborted attempt ends too', async () => {
  const controller = new AbortController()
  const { client, events } = harness(() => {
    controller.abort()
    return new Promise(() => undefined)
  })
  await errorOf(client.request({ ...get, signal: controller.signal }))
  expect(events.at(-1)).toMatchObject({ type: 'response', error: 'aborted', status: undefined })
})

test('no event holds a secret, a body or an e-mail address', async () => {
  const { client, events } = harness(
    (_, before) => Response.json({ answer: 'hush' }, { status: before ? 200 : 401 }),
    {
      authorize: async () => ({ authorization: 'Bearer hush' }),
      headers: { 'x-secret': 'hush' },
    },
  )
  const query = { email: 'ada@example.org', api_key: 'hush' }
  await client.request({ ...post, query, body: { json: { name: 'hush' } } })
  expect(events.map((event) => event.type)).toEqual(['request', 'response', 'retry', 'request', 'response'])
  expect(JSON.stringify(events)).not.toMatch(/hush|ada|example\.org/)
})

test('a listener that throws changes nothing', async () => {
  const { client } = harness(() => Response.json({ fine: true }), {
    onEvent: () => {
      throw new Error('log disk full')
    },
  })
  expect((await client.request(post)).json()).toEqual({ fine: true })
})
