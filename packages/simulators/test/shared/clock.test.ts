import { expect, test } from 'vitest'
import { createRunningClock } from '../../src/index.ts'

test('a fast clock has run its speed times as long, for everybody who knows when it began', async () => {
  const beganMs = Date.now() - 60_000
  const clocks = [1, 2].map(() => createRunningClock(1000, { speed: 20, beganMs }))
  for (const clock of clocks) {
    const nowMs = clock.now()
    expect(nowMs).toBeGreaterThanOrEqual(1000 + 60_000 * 20)
    await clock.sleep(1000)
    // A timer of Node may fire a millisecond early.
    expect(clock.now()).toBeGreaterThanOrEqual(nowMs + 900)
  }
})

test('a clock without a speed runs as real time does, from its start', () => {
  expect(createRunningClock(5, { beganMs: Date.now() - 1000 }).now()).toBeGreaterThanOrEqual(1005)
})
