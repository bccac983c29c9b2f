import type { FieldValue } from '@dynacamp/mapping-dsl'
import { type Cells, type Services, type Snapshot, snapshotOf } from './services.ts'

/** Who changed something: the people and other programs of a history, or the sync. */
type Author = 'people' | 'sync'

/** One cell that changed, or a record that came or went (`field` is `record`, `after` says whether it is there). */
export interface Entry {
  readonly at: number
  readonly by: Author
  /** As in {@link Snapshot}. */
  readonly record: string
  readonly field: string
  readonly before: FieldValue
  readonly after: FieldValue
}

/** Everything that ever changed in either service, found by looking before and after. */
export interface Diary {
  readonly entries: readonly Entry[]
  /** Writes down what changed since the last look, as done by this author. */
  note(by: Author): void
  /** Does something as people do it. */
  asPeople<Result>(work: () => Result): Result
  /** The next number of the order in which everything happened. */
  tick(): number
  /** Both services as they were at the last look. */
  readonly now: Snapshot
}

const changedCells = (before: Cells | undefined, after: Cells | undefined): readonly string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (field) => (before?.[field] ?? null) !== (after?.[field] ?? null),
  )

export const createDiary = (services: Services): Diary => {
  const entries: Entry[] = []
  let now = snapshotOf(services)
  let at = 0
  const tick = (): number => {
    at += 1
    return at
  }

  const note = (by: Author): void => {
    const next = snapshotOf(services)
    const when = tick()
    for (const record of new Set([...now.keys(), ...next.keys()])) {
      const [before, after] = [now.get(record), next.get(record)]
      if ((before === undefined) !== (after === undefined)) {
        const presence = { before: before !== undefined, after: after !== undefined }
        entries.push({ at: when, by, record, field: 'record', ...presence })
      }
      if (before !== undefined && after === undefined) continue
      for (const field of changedCells(before, after)) {
        const change = { before: before?.[field] ?? null, after: after?.[field] ?? null }
        entries.push({ at: when, by, record, field, ...change })
      }
    }
    now = next
  }

  return {
    entries,
    note,
    tick,
    asPeople(work) {
      note('sync')
      try {
        return work()
      } finally {
        note('people')
      }
    },
    get now() {
      return now
    },
  }
}
