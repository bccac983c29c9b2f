import { own } from '../../shared/own.ts'

const day = 86_400_000
const hour = 3_600_000
const minute = 60_000

/** From an instant up to, not including, another one; an end left out is open. Milliseconds. */
export interface DateRange {
  readonly from?: number
  readonly to?: number
}

/** Fields of an instant in UTC, the time zone that the simulated callers have. */
const parts = (ms: number): { year: number; month: number; date: number; weekday: number } => {
  const at = new Date(ms)
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth(),
    date: at.getUTCDate(),
    weekday: at.getUTCDay(),
  }
}

const startOf = {
  hour: (ms: number) => ms - (ms % hour),
  day: (ms: number) => ms - (((ms % day) + day) % day),
  // Weeks begin on Sunday (organization.weekstartdaycode 0).
  week: (ms: number) => startOf.day(ms) - parts(ms).weekday * day,
  month: (ms: number) => Date.UTC(parts(ms).year, parts(ms).month, 1),
  // The fiscal year of a fresh environment is the calendar year, its periods are quarters.
  quarter: (ms: number) => Date.UTC(parts(ms).year, parts(ms).month - (parts(ms).month % 3), 1),
  year: (ms: number) => Date.UTC(parts(ms).year, 0, 1),
}

const addMonths = (ms: number, months: number): number => {
  const { year, month, date } = parts(ms)
  const lastDay = parts(Date.UTC(year, month + months + 1, 0)).date
  return Date.UTC(year, month + months, Math.min(date, lastDay)) + (ms - startOf.day(ms))
}

const add: Readonly<Record<string, (ms: number, count: number) => number>> = {
  Minutes: (ms, count) => ms + count * minute,
  Hours: (ms, count) => ms + count * hour,
  Days: (ms, count) => ms + count * day,
  Weeks: (ms, count) => ms + count * 7 * day,
  Months: addMonths,
  Years: (ms, count) => addMonths(ms, count * 12),
  FiscalPeriods: (ms, count) => addMonths(ms, count * 3),
  FiscalYears: (ms, count) => addMonths(ms, count * 12),
}

const whole = (start: (ms: number) => number, now: number, step: (ms: number) => number): DateRange => {
  const from = start(now)
  return { from, to: step(from) }
}

const named: Readonly<Record<string, (now: number) => DateRange>> = {
  Today: (now) => whole(startOf.day, now, (ms) => ms + day),
  Yesterday: (now) => whole(startOf.day, now - day, (ms) => ms + day),
  Tomorrow: (now) => whole(startOf.day, now + day, (ms) => ms + day),
  Last7Days: (now) => ({ from: startOf.day(now) - 7 * day, to: now + 1000 }),
  Next7Days: (now) => ({ from: now, to: startOf.day(now) + 8 * day }),
  ThisWeek: (now) => whole(startOf.week, now, (ms) => ms + 7 * day),
  LastWeek: (now) => whole(startOf.week, now - 7 * day, (ms) => ms + 7 * day),
  NextWeek: (now) => whole(startOf.week, now + 7 * day, (ms) => ms + 7 * day),
  ThisMonth: (now) => whole(startOf.month, now, (ms) => addMonths(ms, 1)),
  LastMonth: (now) => whole(startOf.month, addMonths(startOf.month(now), -1), (ms) => addMonths(ms, 1)),
  NextMonth: (now) => whole(startOf.month, addMonths(startOf.month(now), 1), (ms) => addMonths(ms, 1)),
  ThisYear: (now) => whole(startOf.year, now, (ms) => addMonths(ms, 12)),
  LastYear: (now) => whole(startOf.year, addMonths(startOf.year(now), -12), (ms) => addMonths(ms, 12)),
  NextYear: (now) => whole(startOf.year, addMonths(startOf.year(now), 12), (ms) => addMonths(ms, 12)),
  ThisFiscalPeriod: (now) => whole(startOf.quarter, now, (ms) => addMonths(ms, 3)),
  LastFiscalPeriod: (now) =>
    whole(startOf.quarter, addMonths(startOf.quarter(now), -3), (ms) => addMonths(ms, 3)),
  NextFiscalPeriod: (now) =>
    whole(startOf.quarter, addMonths(startOf.quarter(now), 3), (ms) => addMonths(ms, 3)),
  ThisFiscalYear: (now) => whole(startOf.year, now, (ms) => addMonths(ms, 12)),
  LastFiscalYear: (now) => whole(startOf.year, addMonths(startOf.year(now), -12), (ms) => addMonths(ms, 12)),
  NextFiscalYear: (now) => whole(startOf.year, addMonths(startOf.year(now), 12), (ms) => addMonths(ms, 12)),
}

/** Hours begin at the full hour, everything longer at midnight. */
const anchor = (unit: string, now: number): number =>
  unit === 'Hours' ? startOf.hour(now) : startOf.day(now)

/** Instants that `On`, `OnOrAfter` and `OnOrBefore` mean by a date. */
function dated(name: string, value: string): DateRange | undefined {
  const from = startOf.day(Date.parse(value))
  if (name === 'On') return { from, to: from + day }
  if (name === 'OnOrAfter') return { from }
  if (name === 'OnOrBefore') return { to: from + day }
  if (name === 'NotOn') return undefined
  return undefined
}

/**
 * The stretch of time that a Dataverse query function means, or nothing when `name` is not one about dates.
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
 */
export function dateRange(name: string, value: unknown, now: number): DateRange | undefined {
  const fixed = own(named, name)
  if (fixed !== undefined) return fixed(now)
  if (typeof value === 'string' && name.startsWith('On')) return dated(name, value)
  const count = Number(value)
  const match = /^(Last|Next|OlderThan)X([A-Z]\w+)$/.exec(name)
  const [, direction, unit = ''] = match ?? []
  const step = own(add, unit)
  if (step === undefined || Number.isNaN(count)) return undefined
  if (direction === 'OlderThan') {
    return { to: unit === 'Minutes' || unit === 'Hours' ? step(now, -count) : step(startOf.day(now), -count) }
  }
  if (direction === 'Last') return { from: step(anchor(unit, now), -count), to: now + 1000 }
  const end = unit === 'Hours' ? startOf.hour(now) + hour : startOf.day(now) + day
  return { from: now, to: step(end, count) }
}

/** Ranges of the fiscal functions that name a period or a year. */
export function fiscalRange(name: string, values: readonly unknown[]): DateRange | undefined {
  const [first, second] = values.map(Number)
  const year = (value = 0): DateRange => ({ from: Date.UTC(value, 0, 1), to: Date.UTC(value + 1, 0, 1) })
  const period = (number = 1, of = 0): DateRange => ({
    from: Date.UTC(of, (number - 1) * 3, 1),
    to: Date.UTC(of, number * 3, 1),
  })
  if (name === 'InFiscalYear') return year(first)
  if (name === 'InFiscalPeriodAndYear') return period(first, second)
  const bounds = period(first, second)
  if (name === 'InOrAfterFiscalPeriodAndYear') return bounds.from === undefined ? {} : { from: bounds.from }
  if (name === 'InOrBeforeFiscalPeriodAndYear') return bounds.to === undefined ? {} : { to: bounds.to }
  return undefined
}
