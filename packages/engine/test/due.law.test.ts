import type { EveryHours } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueAtMs, neverRun, type ScheduleState } from '../src/schedule/due.ts'
import { law } from './support/law.ts'

/*
 * Laws of due times, over clocks that go on, jump ahead and are set back:
 * 1. Never twice in a slot, unless the clock was set back by more than a slot in between.
 * 2. Never skipped: whoever asks in a later slot than that of the last run is told to run.
 * 3. Never stuck: the next run is at most two slots away, whatever the clock did.
 * 4. A host that sleeps until the time it is told, and asks again, runs in each slot it is awake in.
 */

const hourMs = 3_600_000
const start = Date.UTC(2026, 0, 5, 7, 13, 20)
const everyHours = fc.constantFrom<EveryHours>(1, 2, 4, 6, 8, 12, 24)
const ended = (atMs: number): ScheduleState => ({
  startedAtMs: atMs,
  endedAtMs: atMs,
  more: false,
  failures: 0,
})

const jump = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 * hourMs }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 90 * hourMs }) },
  { weight: 2, arbitrary: fc.integer({ min: -40 * hourMs, max: 0 }) },
  { weight: 1, arbitrary: fc.constant(-365 * 24 * hourMs) },
)

test('laws 1 to 3: once in a slot, no slot skipped, never stuck', () => {
  let runs = 0
  let notDue = 0
  law(fc.tuple(everyHours, fc.array(jump, { maxLength: 60 })), ([every, jumps]) => {
    const slotMs = every * hourMs
    const slotOf = (ms: number) => Math.floor(ms / slotMs)
    let state = neverRun
    let last: number | null = null
    let nowMs = start
    for (const jumpMs of jumps) {
      nowMs += jumpMs
      const dueMs = dueAtMs(state, every, nowMs)
      const due = dueMs <= nowMs
      if (last === null || slotOf(nowMs) > slotOf(last)) expect(due).toBe(true)
      if (!due) {
        notDue += 1
        expect(dueMs - nowMs).toBeLessThanOrEqual(2 * slotMs)
        expect(dueMs % slotMs).toBe(0)
        continue
      }
      if (last !== null && slotOf(nowMs) === slotOf(last)) throw new Error('twice in one slot')
      if (last !== null && nowMs < last) expect(slotOf(nowMs)).toBeLessThan(slotOf(last) - 1)
      runs += 1
      state = ended(nowMs)
      last = nowMs
    }
  })
  expect(runs).toBeGreaterThan(10)
  expect(notDue).toBeGreaterThan(10)
})

test('law 4: who sleeps until the time that was told runs once in every slot', () => {
  const durationsMs = fc.array(fc.integer({ min: 0, max: 20 * 60_000 }), { minLength: 1, maxLength: 50 })
  law(fc.tuple(everyHours, durationsMs), ([every, durations]) => {
    const slotMs = every * hourMs
    let nowMs = start
    let state = neverRun
    const slots: number[] = []
    for (const durationMs of durations) {
      nowMs = Math.max(nowMs, dueAtMs(state, every, nowMs))
      slots.push(Math.floor(nowMs / slotMs))
      state = { ...ended(nowMs), endedAtMs: nowMs + durationMs }
      nowMs += durationMs
    }
    const [first = 0] = slots
    expect(slots).toEqual(slots.map((_, index) => first + index))
  })
})

describe('a run that did not end well', () => {
  test('and stopped early goes on at once', () => {
    expect(dueAtMs({ ...ended(start), more: true }, 4, start + 1)).toBe(start + 1)
  })

  test('and whose process ended goes on at once', () => {
    expect(dueAtMs({ ...ended(start), endedAtMs: null }, 4, start + 1)).toBe(start + 1)
  })

  test('is tried again after one minute, then two, in the next slot at the latest', () => {
    const failed = (failures: number) => dueAtMs({ ...ended(start), failures }, 1, start) - start
    expect([1, 2, 3, 4].map(failed)).toEqual([60_000, 120_000, 240_000, 480_000])
    expect(failed(20)).toBe(hourMs - (start % hourMs))
  })
})
