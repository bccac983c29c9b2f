import type { RecordName } from './kinds.ts'

/** Somebody said that a record changed: a webhook, or the host. */
export interface Hint extends RecordName {
  /** Names this hint; the same record may be hinted at several times. */
  readonly hintId: string
  /** ISO 8601, UTC. */
  readonly at: string
}

/** What webhooks said, in the order in which it came. It only makes a look earlier: polling finds the same. */
export interface HintState {
  add(hint: Omit<Hint, 'hintId'>): Promise<void>
  /** The oldest hints. They stay until they are done. */
  take(limit: number): Promise<readonly Hint[]>
  done(hintIds: readonly string[]): Promise<void>
}
