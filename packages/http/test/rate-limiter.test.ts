import { createRateLimiter } from '@dynacamp/http'
import { createVirtualClock } from '@dynacamp/simulators'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limiterContract } from './support/limiter-contract.ts'

limiterContract('The rate limiter', (clock) => createRateLimiter({ requests: 5, perMs: 1_000, clock }))

/** The most send times that lie in any closed window of this length: a naive recount. */
const mostInAnyWindow = (sentAtMs: readonly number[], perMs: number): number =>
  Math.max(...sentAtMs.map((from) => sentAtMs.filter((at) => at >= from && at <= from + perMs).length))

const arrivals = fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 40 })
const limits = fc.record({
  requests: fc.integer({ min: 1, max: 8 }),
  perMs: fc.integer({ min: 1, max: 2_000 }),
  share: fc.constantFrom(1, 0.8, 0.5, 0.34),
})
const usable = limits.filter(({ requests, share }) => requests * share >= 1)

const sendAll = async (options: { requests: number; perMs: number; share: number }, times: number[]) => {
  const clock = createVirtualClock()
  const limiter = createRateLimiter({ ...options, clock })
  const sent: { arrivedAtMs: number; sentAtMs: number }[] = []
  await Promise.all(
    times.map(async (ms) => {
      await clock.sleep(ms)
      const arrivedAtMs = clock.now()
      await limiter.acquire()
      sent.push({ arrivedAtMs, sentAtMs: clock.now() })
    }),
  )
  return sent
}

test('law: no window of any position holds more than the share of the limit', async () => {
  await fc.assert(
    fc.asyncProperty(usable, arrivals, async (options, times) => {
      const sent = await sendAll(options, times)
      expect(sent).toHaveLength(times.length)
      const most = mostInAnyWindow(
        sent.map((each) => each.sentAtMs),
        options.perMs,
      )
      expect(most).toBeLessThanOrEqual(Math.floor(options.requests * options.share))
    }),
    { numRuns: 60 },
  )
})

test('law: nobody waits while the window has room', async () => {
  await fc.assert(
    fc.asyncProperty(usable, arrivals, async (options, times) => {
      const limit = Math.floor(options.requests * options.share)
      const sent = await sendAll(options, times)
      const sentAtMs = sent.map((each) => each.sentAtMs)
      for (const [index, each] of sent.entries()) {
        const previous = sentAtMs[index - limit] ?? Number.NEGATIVE_INFINITY
        expect(each.sentAtMs).toBe(Math.max(each.arrivedAtMs, previous + options.perMs + 1))
      }
    }),
    { numRuns: 60 },
  )
})

test('100 requests at 5 a second take 19 windows', async () => {
  const sent = await sendAll({ requests: 5, perMs: 1_000, share: 1 }, Array(100).fill(0))
  expect((sent.at(-1)?.sentAtMs ?? 0) - (sent[0]?.sentAtMs ?? 0)).toBe(19 * 1_001)
})

test('a clock that is set back by an hour costs one window, not an hour', async () => {
  const virtual = createVirtualClock()
  let offsetMs = 0
  const clock = {
    now: () => virtual.now() + offsetMs,
    sleep: (ms: number, signal?: AbortSignal) => virtual.sleep(ms, signal),
  }
  const limiter = createRateLimiter({ requests: 1, perMs: 1_000, clock })
  await limiter.acquire()
  offsetMs = -3_600_000
  const beforeMs = virtual.now()
  await limiter.acquire()
  expect(virtual.now() - beforeMs).toBe(1_001)
})

test.each([
  { requests: 0, perMs: 1_000 },
  { requests: 5, perMs: 0 },
  { requests: 5, perMs: 1_000, share: 1.5 },
  { requests: 5, perMs: 1_000, share: 0 },
  { requests: 1, perMs: 1_000, share: 0.5 },
  { requests: Number.NaN, perMs: 1_000 },
])('refuses %o', (options) => {
  expect(() => createRateLimiter({ ...options, clock: createVirtualClock() })).toThrow(RangeError)
})
