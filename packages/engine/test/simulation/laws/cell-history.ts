import type { FieldValue } from '@dynacamp/mapping-dsl'
import type { Played } from '../play.ts'

/** Every value that a cell held from one moment to another, both included. */
export const valuesHeld = (
  { diary }: Played,
  {
    record,
    field,
    from,
    to,
  }: { readonly record: string; readonly field: string; readonly from: number; readonly to: number },
): readonly FieldValue[] => {
  const changes = diary.entries.filter((entry) => entry.record === record && entry.field === field)
  const before = changes.findLast(({ at }) => at <= from)
  const next = changes.find(({ at }) => at > from)
  const atStart = before ? before.after : next ? next.before : diary.now.get(record)?.[field]
  const since = changes.filter(({ at }) => at > from && at <= to)
  return [atStart ?? null, ...since.map(({ after }) => after)]
}

/** Whether nothing is there: null, or the empty text. */
export const isBlank = (value: FieldValue | undefined): boolean =>
  value == null || String(value).trim() === ''
