import type { OutcomeStatus } from '../apply/outcome.ts'

/** What set a run off. */
export type RunTrigger = 'run' | 'schedule' | 'apply' | 'record'

/**
 * How a run ended.
 *
 * - `completed`: nothing more could be done.
 * - `deadline`, `aborted`: stopped between two pieces of work; the next run goes on from there.
 * - `lease-lost`: another process took the tenant over, as this one did not renew its lease in time.
 * - `guard-tripped`, `failed`: the run was ended by an error, which `run` throws.
 * - `off`: the sync is switched off: the run did not begin, or stopped between two pieces of work. `busy`: another process is at work on
 *   the tenant; it did not begin.
 */
export type RunEnding =
  | 'completed'
  | 'deadline'
  | 'aborted'
  | 'lease-lost'
  | 'guard-tripped'
  | 'failed'
  | 'off'
  | 'busy'

/** What a run did about one entity. What waited for a bulk import of the run counts by what came of it. */
export interface EntityCounts extends Readonly<Record<OutcomeStatus, number>> {
  /** Records that failed in this run and are left alone for a while. */
  readonly setAside: number
  /** Records, and fields of records, that wait for a person. */
  readonly held: number
  /** Records that the rules leave alone. */
  readonly excluded: number
}

/** What came of a run. */
export interface RunReport {
  /**
   * Names the run in the journal. Null only when it did not begin: `ending` is `off`, `busy`, or `aborted` before there was a
   * lease.
   */
  readonly runId: string | null
  readonly trigger: RunTrigger
  /** Part of the initial sync. */
  readonly initial: boolean
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly durationMs: number
  readonly ending: RunEnding
  /** One sentence. */
  readonly message: string
  /** There was more to do when it ended. Run again: it goes on where this one stopped. */
  readonly more: boolean
  readonly entities: Readonly<Record<string, EntityCounts>>
  /** Requests sent, repeats included. */
  readonly calls: { readonly dynamics: number; readonly activeCampaign: number }
  readonly error: { readonly code: string; readonly message: string } | null
}
