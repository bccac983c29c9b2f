/** One run, as a health view tells it. */
export interface RunRecord {
  readonly id: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** Null while it goes on, and when its process ended with it. */
  readonly endedAt: string | null
  /** What set it off, such as `schedule`. */
  readonly trigger: string
  /** How it ended; `running` until then, `interrupted` when its process ended with it or lost its lease. */
  readonly status: string
  readonly counts: Readonly<Record<string, number>>
  readonly error: { readonly code: string; readonly message: string } | null
}

/** The runs of a tenant. */
export interface RunState {
  start(run: Pick<RunRecord, 'id' | 'startedAt' | 'trigger'>): Promise<void>
  finish(id: string, result: Pick<RunRecord, 'endedAt' | 'status' | 'counts' | 'error'>): Promise<void>
  /** Whoever has the lease says that no other run goes on: those that count as `running` were `interrupted`. */
  interrupt(): Promise<void>
  /** The latest runs, the last first; without those of this trigger. */
  last(limit: number, without?: string): Promise<readonly RunRecord[]>
  /** Deletes what started before this time (ISO 8601, UTC). */
  forget(before: string): Promise<void>
}
