import { createConcurrencyLimiter, type RateLimiter } from '@dynacamp/http'
import { createVirtualClock } from '@dynacamp/simulators'
import { expect, test, vi } from 'vitest'
import { errorOf, get, harness, post } from './support/harness.ts'

test('never more requests under way than the limiter allows, whatever becomes of them', async () => {
  const clock = createVirtualClock()
  const limiter = createConcurrencyLimiter({ initial: 3, max: 3, clock })
  let active = 0
  let most = 0
  const { client } = harness(
    async (_, before) => {
      active += 1
      most = Math.max(most, active)
      await clock.sleep(100)
      active -= 1
      if (before % 4 === 1) throw new Error('socket')
      return new Response('{}', { status: before % 4 === 2 ? 503 : 200 })
    },
    { clock, limiter, retry: { maxAttempts: 50 } },
  )
  await Promise.all(Array.from({ length: 40 }, () => client.request(get)))
  expect(most).toBe(3)
})

test('the limiter learns from each answer: a hint widens, a 429 halves', async () => {
  const clock = createVirtualClock()
  const limiter = createConcurrencyLimiter({ initial: 8, max: 50, hintHeader: 'x-ms-dop-hint', clock })
  const { client } = harness(
    (_, before) =>
      before === 0
        ? new Response('{}', { status: 429, headers: { 'retry-after': '1' } })
        : Response.json({}, { headers: { 'x-ms-dop-hint': '5' } }),
    { clock, limiter },
  )
  await client.request(post)
  expect(limiter.limit).toBe(4)
  for (let round = 0; round < 20; round += 1) await client.request(get)
  expect(limiter.limit).toBe(5)
})

test('a place given in the moment of an abort is given back, and nothing is sent', async () => {
  const controller = new AbortController()
  const release = vi.fn()
  const limiter: RateLimiter = {
    acquire: async () => {
      controller.abort('now')
      return release
    },
    pauseUntil: () => undefined,
  }
  const { client, requests } = harness(() => Response.json({}), { limiter })
  expect(await errorOf(client.request({ ...post, signal: controller.signal }))).toBe('now')
  expect(release).toHaveBeenCalledOnce()
  expect(requests).toHaveLength(0)
})

test('no timer of the platform is started: all waiting goes through the clock', async () => {
  const timer = vi.spyOn(globalThis, 'setTimeout')
  const { client, sentAtMs } = harness((_, before) => new Response('{}', { status: before < 3 ? 503 : 200 }))
  await client.request({ ...get, deadlineMs: 60_000 })
  expect(sentAtMs()).toEqual([0, 500, 1_500, 3_500])
  expect(timer).not.toHaveBeenCalled()
  timer.mockRestore()
})
