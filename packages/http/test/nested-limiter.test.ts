import { createVirtualClock } from '@dynacamp/simulators'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimiter } from '../src/index.ts'

/*
 * Law: whatever else waits for the wider limit, no stretch of the narrow limit's time has more sends than it allows, nor of the
 * wide one's.
 */

const most = (times: readonly number[], perMs: number): number =>
  Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time <= from + perMs).length))

test('law: a limit within another holds for the times at which requests are really sent', async () => {
  const others = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(others, fc.integer({ min: 1, max: 12 }), async (delays, count) => {
      const clock = createVirtualClock()
      const wide = createRateLimiter({ requests: 2, perMs: 100, clock })
      const narrow = createRateLimiter({ requests: 3, perMs: 1_000, within: wide, clock })
      const narrowAt: number[] = []
      const allAt: number[] = []
      await Promise.all([
        ...delays.map(async (ms) => {
          await clock.sleep(ms)
          await wide.acquire()
          allAt.push(clock.now())
        }),
        ...Array.from({ length: count }, async () => {
          await narrow.acquire()
          narrowAt.push(clock.now())
          allAt.push(clock.now())
        }),
      ])
      expect(most(narrowAt, 1_000)).toBeLessThanOrEqual(3)
      expect(most(allAt, 100)).toBeLessThanOrEqual(2)
    }),
    { numRuns: 100 },
  )
})
