import { expect, test } from 'vitest'
import { createVirtualClock } from '../../src/index.ts'

test('jumps to the next sleeper when all are asleep, waking them in the order of their instants', async () => {
  const clock = createVirtualClock(1_000)
  const woken: [string, number][] = []
  const nap = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms)
    woken.push([name, clock.now()])
  }
  await Promise.all([nap('week', 604_800_000), nap('second', 1_000), nap('minute', 60_000)])
  expect(woken).toEqual([
    ['second', 2_000],
    ['minute', 61_000],
    ['week', 604_801_000],
  ])
})

test('stands still while something is held', async () => {
  const clock = createVirtualClock(0)
  const release = clock.hold()
  let woke = false
  const nap = clock.sleep(10).then(() => {
    woke = true
  })
  await new Promise((resolve) => setTimeout(resolve, 40))
  expect(woke).toBe(false)
  release()
  await nap
  expect(clock.now()).toBe(10)
})

test('an aborted sleep rejects with the reason and moves no time', async () => {
  const clock = createVirtualClock(0)
  const abort = new AbortController()
  const nap = clock.sleep(10, abort.signal)
  abort.abort(new Error('enough'))
  await expect(nap).rejects.toThrow('enough')
  expect(clock.now()).toBe(0)
})

test('advance wakes the sleepers on the way', async () => {
  const clock = createVirtualClock(0)
  let wokeAt = -1
  void clock.sleep(5).then(() => {
    wokeAt = clock.now()
  })
  await clock.advance(20)
  expect([wokeAt, clock.now()]).toEqual([5, 20])
})
