import type { EveryHours } from '@dynacamp/mapping-dsl'
import { hoursToMilliseconds } from 'date-fns/hoursToMilliseconds'
import { backoffMs } from '../set-aside/backoff.ts'

/** What is remembered of a tenant's scheduled runs. */
export interface ScheduleState {
  /** Epoch milliseconds at which the last run began; null before the first. */
  readonly startedAtMs: number | null
  /** Epoch milliseconds at which it ended; null while it goes on, or when its process ended with it. */
  readonly endedAtMs: number | null
  /** It stopped before everything was done. */
  readonly more: boolean
  /** How many runs have failed since the last one that did not. */
  readonly failures: number
}

/** Before the first run. */
export const neverRun: ScheduleState = { startedAtMs: null, endedAtMs: null, more: false, failures: 0 }

/**
 * Days of UTC are divided into slots: every 4 hours is 0:00, 4:00, 8:00 and so on. All frequencies divide the day, and UTC has no
 * summer time, so that no slot is longer or shorter than another.
 */
const slotOf = (instantMs: number, slotMs: number): number => Math.floor(instantMs / slotMs)

/**
 * When the next run is due, epoch milliseconds; what is not later than `nowMs` is due now. One run a slot: however many
 * slots were missed, they are caught up by one run. A run that stopped early goes on at once. One that failed is tried
 * again after a minute, then two, and so on, in the next slot at the latest.
 *
 * A clock that was set back within a slot's length makes no slot run twice; one that was set back further starts anew, or a clock
 * that was once wrong by a year would stop the sync for a year.
 */
export const dueAtMs = (
  { startedAtMs, endedAtMs, more, failures }: ScheduleState,
  everyHours: EveryHours,
  nowMs: number,
): number => {
  if (startedAtMs === null || endedAtMs === null || more) return nowMs
  const slotMs = hoursToMilliseconds(everyHours)
  const lastSlot = slotOf(startedAtMs, slotMs)
  if (slotOf(nowMs, slotMs) < lastSlot - 1) return nowMs
  const nextSlotMs = (lastSlot + 1) * slotMs
  return failures === 0 ? nextSlotMs : Math.min(nextSlotMs, endedAtMs + backoffMs(failures))
}
