import type { RateLimiter } from '@dynacamp/http'
import { createVirtualClock, type VirtualClock } from '@dynacamp/simulators'
import { describe, expect, test } from 'vitest'

/** What every limiter promises, whatever it counts. `create` must admit one request at once. */
export const limiterContract = (name: string, create: (clock: VirtualClock) => RateLimiter) => {
  const setup = () => {
    const clock = createVirtualClock()
    return { clock, limiter: create(clock), startMs: clock.now() }
  }
  /** Uses a place for a second of virtual time. */
  const work = async (clock: VirtualClock, limiter: RateLimiter, signal?: AbortSignal) => {
    const release = await limiter.acquire(signal)
    const admittedAtMs = clock.now()
    await clock.sleep(1_000)
    release()
    return admittedAtMs
  }

  describe(`${name} keeps the contract of a limiter`, () => {
    test('admits in the order of arrival', async () => {
      const { clock, limiter } = setup()
      const order: number[] = []
      const numbers = Array.from({ length: 20 }, (_, index) => index)
      await Promise.all(
        numbers.map(async (number) => {
          const release = await limiter.acquire()
          order.push(number)
          await clock.sleep(7)
          release()
        }),
      )
      expect(order).toEqual(numbers)
    })

    test('admits nobody during a pause, whoever comes', async () => {
      const { clock, limiter, startMs } = setup()
      limiter.pauseUntil(startMs + 30_000)
      const admitted = await Promise.all([work(clock, limiter), work(clock, limiter), work(clock, limiter)])
      expect(Math.min(...admitted)).toBeGreaterThanOrEqual(startMs + 30_000)
    })

    test('a pause that begins while somebody waits holds them too', async () => {
      const { clock, limiter, startMs } = setup()
      limiter.pauseUntil(startMs + 1_000)
      const waiting = work(clock, limiter)
      await clock.advance(500)
      limiter.pauseUntil(startMs + 9_000)
      expect(await waiting).toBe(startMs + 9_000)
    })

    test('an earlier instant shortens no pause', async () => {
      const { clock, limiter, startMs } = setup()
      limiter.pauseUntil(startMs + 9_000)
      limiter.pauseUntil(startMs + 1_000)
      expect(await work(clock, limiter)).toBe(startMs + 9_000)
    })

    test('who aborts while waiting leaves at once with the reason, and takes no place', async () => {
      const { clock, limiter, startMs } = setup()
      limiter.pauseUntil(startMs + 60_000)
      const controller = new AbortController()
      const head = limiter.acquire(controller.signal)
      const queued = limiter.acquire(controller.signal)
      const patient = work(clock, limiter)
      controller.abort('enough')
      await expect(head).rejects.toBe('enough')
      await expect(queued).rejects.toBe('enough')
      expect(clock.now()).toBe(startMs)
      expect(await patient).toBe(startMs + 60_000)
    })

    test('who comes with an aborted signal is refused', async () => {
      const { limiter } = setup()
      await expect(limiter.acquire(AbortSignal.abort('late'))).rejects.toBe('late')
    })

    test('no place is lost to an abort in the moment of admission', async () => {
      const { clock, limiter } = setup()
      for (let round = 0; round < 50; round += 1) {
        const controller = new AbortController()
        const admission = limiter.acquire(controller.signal).then(
          (release) => release(),
          () => undefined,
        )
        for (let turn = 0; turn < round % 7; turn += 1) await Promise.resolve()
        controller.abort('now')
        await admission
      }
      await work(clock, limiter)
    })
  })
}
