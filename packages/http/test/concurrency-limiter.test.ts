import { createConcurrencyLimiter, type Release } from '@dynacamp/http'
import { createVirtualClock } from '@dynacamp/simulators'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limiterContract } from './support/limiter-contract.ts'

limiterContract('The concurrency limiter', (clock) => createConcurrencyLimiter({ initial: 3, max: 8, clock }))

const setup = (initial: number, max: number) => {
  const clock = createVirtualClock()
  return createConcurrencyLimiter({ initial, max, hintHeader: 'x-ms-dop-hint', clock })
}

const answer = (status: number, hint?: string) => ({
  status,
  headers: new Headers(hint === undefined ? {} : { 'x-ms-dop-hint': hint }),
})

test('law: never more under way than the limit, whatever the answers', async () => {
  const jobs = fc.array(
    fc.record({
      ms: fc.integer({ min: 0, max: 50 }),
      status: fc.constantFrom(200, 200, 200, 429, 500),
      hint: fc.constantFrom(undefined, '1', '3', '40', '0', '-2', 'many', ''),
    }),
    { minLength: 1, maxLength: 60 },
  )
  await fc.assert(
    fc.asyncProperty(jobs, fc.integer({ min: 1, max: 6 }), async (each, initial) => {
      const clock = createVirtualClock()
      const limiter = createConcurrencyLimiter({ initial, max: 6, hintHeader: 'x-ms-dop-hint', clock })
      let active = 0
      let finished = 0
      await Promise.all(
        each.map(async ({ ms, status, hint }) => {
          const release = await limiter.acquire()
          active += 1
          expect(active).toBeLessThanOrEqual(limiter.limit)
          await clock.sleep(ms)
          active -= 1
          finished += 1
          release(answer(status, hint))
          expect(limiter.limit).toBeGreaterThanOrEqual(1)
          expect(limiter.limit).toBeLessThanOrEqual(6)
        }),
      )
      expect(finished).toBe(each.length)
    }),
    { numRuns: 60 },
  )
})

const acquireAll = (limiter: { acquire(): Promise<Release> }, count: number) =>
  Promise.all(Array.from({ length: count }, () => limiter.acquire()))

test('halves once for all the 429s of requests that were under way together', async () => {
  const limiter = setup(8, 8)
  for (const release of await acquireAll(limiter, 8)) release(answer(429))
  expect(limiter.limit).toBe(4)
  for (const release of await acquireAll(limiter, 2)) release(answer(429))
  expect(limiter.limit).toBe(2)
})

test('never falls below one', async () => {
  const limiter = setup(2, 2)
  for (let round = 0; round < 5; round += 1) (await limiter.acquire())(answer(429))
  expect(limiter.limit).toBe(1)
})

test('grows by one with each full round of answers, up to max', async () => {
  const limiter = setup(2, 4)
  const seen: number[] = []
  for (let round = 0; round < 12; round += 1) {
    ;(await limiter.acquire())(answer(200))
    seen.push(limiter.limit)
  }
  expect(seen).toEqual([2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4])
})

test('follows the hint at once, both ways, and never beyond max', async () => {
  const limiter = setup(6, 50)
  for (const [hint, expected] of [
    ['2', 2],
    ['9', 9],
    ['400', 50],
    ['none', 50],
    ['3', 3],
  ] as const) {
    ;(await limiter.acquire())(answer(200, hint))
    expect(limiter.limit).toBe(expected)
  }
})

test('after a 429 a higher hint is only a ceiling to grow to', async () => {
  const limiter = setup(6, 50)
  ;(await limiter.acquire())(answer(429))
  ;(await limiter.acquire())(answer(200, '4'))
  expect(limiter.limit).toBe(3)
  for (let round = 0; round < 30; round += 1) (await limiter.acquire())(answer(200, '4'))
  expect(limiter.limit).toBe(4)
})

test('a place given back twice counts once', async () => {
  const limiter = setup(1, 1)
  const release = await limiter.acquire()
  release()
  release()
  await limiter.acquire()
  const third = limiter.acquire(AbortSignal.timeout(20))
  await expect(third).rejects.toMatchObject({ name: 'TimeoutError' })
})

test.each([
  { initial: 0, max: 5 },
  { initial: 6, max: 5 },
  { initial: Number.NaN, max: 5 },
])('refuses %o', (options) => {
  expect(() => createConcurrencyLimiter({ ...options, clock: createVirtualClock() })).toThrow(RangeError)
})
