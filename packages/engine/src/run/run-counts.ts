import type { LearntOutcome } from '../apply/imports/learn-imports.ts'
import type { ActionOutcome } from '../apply/outcome.ts'
import type { Tallies } from '../health/tally.ts'
import type { EntityCounts } from './run-report.ts'

type Writable = { -readonly [Key in keyof EntityCounts]: EntityCounts[Key] }

const none = (): Writable => ({
  done: 0,
  stale: 0,
  failed: 0,
  unknown: 0,
  queued: 0,
  setAside: 0,
  held: 0,
  excluded: 0,
})

/** What a run has done so far, by entity. */
export interface RunCounts {
  /** @param waiting - How many of them are `stale` because they wait for a bulk import of the run. */
  add(entity: string, outcomes: readonly ActionOutcome[], setAside: number, waiting?: number): void
  /** No import is under way any more: what waited for one is planned again, and counts by what comes of it. */
  endWaiting(): void
  /** What became of actions that were counted as `queued`. */
  learn(outcomes: readonly Pick<LearntOutcome, 'entity' | 'status'>[], setAside: number): void
  /** Held and excluded are counted anew in each pass. */
  see(tallies: Tallies): void
  read(): Readonly<Record<string, EntityCounts>>
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0)

export const openCounts = (entities: readonly string[]): RunCounts => {
  const counts = new Map(entities.map((entity) => [entity, none()]))
  const waitingIn = new Map<string, number>()
  const of = (entity: string): Writable => {
    const found = counts.get(entity) ?? none()
    counts.set(entity, found)
    return found
  }
  return {
    add(entity, outcomes, setAside, waiting = 0) {
      const own = of(entity)
      for (const { status } of outcomes) own[status] += 1
      own.setAside += setAside
      waitingIn.set(entity, (waitingIn.get(entity) ?? 0) + waiting)
    },
    endWaiting() {
      for (const [entity, waiting] of waitingIn) of(entity).stale -= waiting
      waitingIn.clear()
    },
    learn(outcomes, setAside) {
      for (const { entity, status } of outcomes) {
        const own = of(entity)
        // Those of an earlier run's import were queued there.
        if (own.queued > 0) own.queued -= 1
        own[status] += 1
      }
      const [first] = outcomes
      if (first) of(first.entity).setAside += setAside
    },
    see(tallies) {
      for (const [entity, { held, heldFields, excluded }] of Object.entries(tallies)) {
        const own = of(entity)
        own.held = sum(held) + heldFields
        own.excluded = sum(excluded)
      }
    },
    read: () => Object.fromEntries(counts),
  }
}
