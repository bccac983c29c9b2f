import type { Page, RecordKind, RecordName } from './kinds.ts'

/** A record that failed and is left alone for a while. */
export interface SetAside extends RecordName {
  /** Stable code of the error. */
  readonly code: string
  readonly message: string
  /** How often it was tried. */
  readonly attempts: number
  /** Epoch milliseconds; null: only when a person says so. */
  readonly nextTryAtMs: number | null
  /** When it failed first: ISO 8601, UTC. */
  readonly since: string
  /** The versions of the record and of its partner when it failed last; null where nobody wrote them down. */
  readonly seen: string | null
}

/** Where a record stands among those set aside: `after` of a page. */
export const setAsideKey = ({ side, entity, id }: RecordName): string => `${entity}/${side}/${id}`

/** Records that are left alone, in the order of their {@link setAsideKey}. */
export interface SetAsideState {
  /** Sets records aside, or says anew how it is with those that are. */
  save(entries: readonly SetAside[]): Promise<void>
  find(kind: RecordKind, ids: readonly string[]): Promise<readonly SetAside[]>
  /** Those to try again by now. */
  due(nowMs: number, page: Page): Promise<readonly SetAside[]>
  list(page: Page): Promise<readonly SetAside[]>
  remove(records: readonly RecordName[]): Promise<void>
}
