import type { Page, RecordName } from './kinds.ts'

/** An action as it was meant (before the call) and as it ended (null while unknown). */
export interface JournalEntry {
  /** Its place in the journal: `after` of a page. */
  readonly id: string
  /** The run it belongs to; null in entries of a plan that an early release applied by itself. */
  readonly runId: string | null
  readonly planId: string
  readonly actionId: string
  readonly entity: string
  /** Both ends of what it is about; null while there is none. */
  readonly dynamicsId: string | null
  readonly activeCampaignId: string | null
  /** When it was meant: ISO 8601, UTC. */
  readonly at: string
  readonly action: unknown
  readonly outcome: unknown
}

/** Every action with what was meant and what came of it. */
export interface JournalState {
  intend(entries: readonly Omit<JournalEntry, 'id' | 'outcome'>[]): Promise<void>
  /**
   * Writes down how an action ended; `ends` are the ids that only the call brought to light. Where a plan was applied twice it
   * is about the latest entry that has no outcome: what became of one before it, which a process left open, nobody knows.
   */
  conclude(
    planId: string,
    actionId: string,
    outcome: unknown,
    ends?: { readonly dynamicsId: string; readonly activeCampaignId: string },
  ): Promise<void>
  /** Entries that have no outcome yet: under way, or left open by a process that ended. The next reading closes those. */
  unfinished(page: Page): Promise<readonly JournalEntry[]>
  /** What was done about a record, the latest first. A lead's entries are found by its contact of ActiveCampaign too. */
  ofRecord(record: RecordName, page: Page): Promise<readonly JournalEntry[]>
  /** What a run or a plan did, in its order. */
  ofRun(
    of: { readonly runId: string } | { readonly planId: string },
    page: Page,
  ): Promise<readonly JournalEntry[]>
  /** Deletes up to `limit` of the entries that were meant before this time (ISO 8601, UTC), and says how many. */
  forget(before: string, limit: number): Promise<number>
}
