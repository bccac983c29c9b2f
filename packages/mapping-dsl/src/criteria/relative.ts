import { utc } from '@date-fns/utc'
import { add, sub, toDate } from 'date-fns'
import type { Bound, RangeCriterion, RelativeCriterion } from './criterion.ts'

const bound = (instantMs: number, criterion: RelativeCriterion, inclusive: boolean): Bound => {
  const iso = toDate(instantMs).toISOString()
  return criterion.family === 'day' ? { value: iso.slice(0, 10), inclusive } : { value: instantMs, inclusive }
}

/**
 * The range that "the last 30 days" is at `nowMs`. Dataverse has functions of its own for this, but they count
 * by the clock and time zone of the calling user; instants make the query and the predicate agree to the second.
 */
export const rangeAt = (criterion: RelativeCriterion, nowMs: number): RangeCriterion => {
  const { field, family, how, amount, unit } = criterion
  const shift = how === 'inNext' ? add : sub
  const edge = shift(toDate(nowMs), { [unit]: amount }, { in: utc }).getTime()
  const base = { kind: 'range', field, family, shown: '' } as const
  switch (how) {
    case 'inLast':
      return { ...base, from: bound(edge, criterion, true), to: bound(nowMs, criterion, true) }
    case 'inNext':
      return { ...base, from: bound(nowMs, criterion, true), to: bound(edge, criterion, true) }
    case 'olderThan':
      return { ...base, to: bound(edge, criterion, false) }
  }
}
