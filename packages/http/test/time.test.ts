import { createRateLimiter, TimeoutError } from '@dynacamp/http'
import { createVirtualClock } from '@dynacamp/simulators'
import { expect, test } from 'vitest'
import { errorOf, get, harness, post } from './support/harness.ts'

const never = () => new Promise<Response>(() => undefined)
const endless = () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }))

test('an attempt ends after timeoutMs and is repeated', async () => {
  const { client, sentAtMs } = harness((_, before) => (before === 0 ? never() : Response.json({})), {
    timeoutMs: 10_000,
  })
  await client.request(get)
  expect(sentAtMs()).toEqual([0, 10_500])
})

test('timeoutMs covers the body too', async () => {
  const { client, clock, startMs } = harness(endless, { timeoutMs: 10_000, retry: { maxAttempts: 1 } })
  const error = await errorOf(client.request(get))
  expect(error).toBeInstanceOf(TimeoutError)
  expect(error).toMatchObject({ code: 'timeout', retryable: true })
  expect(clock.now() - startMs).toBe(10_000)
})

test('deadlineMs ends a call that is being sent', async () => {
  const { client, clock, startMs } = harness(never, { timeoutMs: 10_000 })
  const error = await errorOf(client.request({ ...get, deadlineMs: 14_000 }))
  expect(error).toMatchObject({ code: 'timeout', attempts: 2 })
  expect(clock.now() - startMs).toBe(14_000)
})

test('deadlineMs ends the wait for the limiter; nothing is sent, so nothing is unknown', async () => {
  const clock = createVirtualClock()
  const limiter = createRateLimiter({ requests: 1, perMs: 60_000, clock })
  const { client, requests } = harness(() => Response.json({}), { clock, limiter })
  await client.request(post)
  const error = await errorOf(client.request({ ...post, deadlineMs: 5_000 }))
  expect(error).toBeInstanceOf(TimeoutError)
  expect(requests).toHaveLength(1)
})

test('no pause is begun that would outlast the deadline: the error is the last failure', async () => {
  const { client, clock, startMs } = harness(
    () => new Response(null, { status: 503, headers: { 'retry-after': '20' } }),
  )
  const error = await errorOf(client.request({ ...get, deadlineMs: 10_000 }))
  expect(error).toMatchObject({ status: 503, retryAfterMs: 20_000 })
  expect(clock.now() - startMs).toBe(0)
})

test('a caller may abort before the call', async () => {
  const { client, requests } = harness(never)
  const error = await errorOf(client.request({ ...get, signal: AbortSignal.abort('no') }))
  expect(error).toBe('no')
  expect(requests).toHaveLength(0)
})

test.each([
  ['while sending', never],
  ['while reading the body', endless],
  ['while pausing', () => new Response(null, { status: 503, headers: { 'retry-after': '60' } })],
] as const)('a caller may abort %s', async (_, serve) => {
  const controller = new AbortController()
  const { client, clock, startMs } = harness(serve)
  const call = errorOf(client.request({ ...get, signal: controller.signal }))
  await clock.advance(5_000)
  controller.abort('enough')
  expect(await call).toBe('enough')
  expect(clock.now() - startMs).toBe(5_000)
})

test.each(['post', 'get'] as const)('a caller may abort while waiting for the limiter (%s)', async (kind) => {
  const clock = createVirtualClock()
  const limiter = createRateLimiter({ requests: 1, perMs: 60_000, clock })
  limiter.pauseUntil(clock.now() + 60_000)
  const controller = new AbortController()
  const { client, requests } = harness(never, { clock, limiter })
  const request = kind === 'post' ? post : get
  const call = errorOf(client.request({ ...request, signal: controller.signal }))
  await clock.advance(5_000)
  controller.abort('enough')
  expect(await call).toBe('enough')
  expect(requests).toHaveLength(0)
})

test('a caller may abort while a token is awaited', async () => {
  const controller = new AbortController()
  const { client } = harness(never, { authorize: () => new Promise(() => undefined) })
  const call = errorOf(client.request({ ...post, signal: controller.signal }))
  controller.abort('enough')
  expect(await call).toBe('enough')
})

test('a slow token does not bend the rate: places are taken after it', async () => {
  const clock = createVirtualClock()
  const limiter = createRateLimiter({ requests: 2, perMs: 1_000, clock })
  let calls = 0
  const { client, sentAtMs } = harness(() => Response.json({}), {
    clock,
    limiter,
    authorize: async () => {
      calls += 1
      await clock.sleep(calls === 1 ? 1_500 : 0)
      return {}
    },
  })
  await Promise.all(Array.from({ length: 6 }, () => client.request(get)))
  const sent = sentAtMs()
  for (const from of sent) {
    expect(sent.filter((at) => at >= from && at <= from + 1_000).length).toBeLessThanOrEqual(2)
  }
})
