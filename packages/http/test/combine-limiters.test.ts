import { combineLimiters, createConcurrencyLimiter, createRateLimiter } from '@dynacamp/http'
import { createVirtualClock } from '@dynacamp/simulators'
import { expect, test } from 'vitest'
import { limiterContract } from './support/limiter-contract.ts'

limiterContract('A combination', (clock) =>
  combineLimiters(
    createConcurrencyLimiter({ initial: 3, max: 8, clock }),
    createRateLimiter({ requests: 5, perMs: 1_000, clock }),
  ),
)

test('gives back the first place when the wait for the second is aborted', async () => {
  const clock = createVirtualClock()
  const concurrency = createConcurrencyLimiter({ initial: 1, max: 1, clock })
  const rate = createRateLimiter({ requests: 1, perMs: 60_000, clock })
  const both = combineLimiters(concurrency, rate)
  ;(await both.acquire())()
  const controller = new AbortController()
  const second = both.acquire(controller.signal)
  await Promise.resolve()
  controller.abort('enough')
  await expect(second).rejects.toBe('enough')
  await expect(concurrency.acquire()).resolves.toBeTypeOf('function')
})
