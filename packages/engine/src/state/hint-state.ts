import type { RecordName, Side } from './kinds.ts'

/** Somebody said that a record changed: a webhook, or the host. */
export interface Hint extends RecordName {
  /** Names this hint: larger than those of all hints before it. */
  readonly hintId: string
  /** ISO 8601, UTC. */
  readonly at: string
}

/** What webhooks said, in the order in which it came last: one hint a record. It only makes a look earlier: polling finds the same. */
export interface HintState {
  /** In the place of one about the same record. */
  add(hint: Omit<Hint, 'hintId'>): Promise<void>
  /** The oldest hints. They stay until they are done. */
  take(limit: number): Promise<readonly Hint[]>
  done(hintIds: readonly string[]): Promise<void>
  count(): Promise<number>
  /** The latest hint; null where none waits. */
  last(): Promise<string | null>
  /** Forgets what was said about a side up to this hint. */
  forget(side: Side, upTo: string): Promise<void>
}
