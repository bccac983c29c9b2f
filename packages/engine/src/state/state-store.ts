import type { ListStatus } from '@dynacamp/core'
import type { Fields } from '@dynacamp/mapping-dsl'
import type { HintState } from './hint-state.ts'
import type { ImportState } from './import-state.ts'
import type { JournalState } from './journal-state.ts'
import type { Page, RecordKind, RecordName } from './kinds.ts'
import type { LeaseState } from './lease-state.ts'
import type { RunState } from './run-state.ts'
import type { SetAsideState } from './set-aside-state.ts'

export type { RecordKind, Side } from './kinds.ts'

/** What was last seen of one record in one service, over the mapped fields only. */
export interface StoredRecord extends RecordName {
  readonly fields: Fields
  /** D365: the ETag. ActiveCampaign: its own time of last change, as sent. Compared for equality only. */
  readonly version: string
  /** Time of last change as the service tells it (ISO 8601, UTC), or null where it does not. */
  readonly updatedOn: string | null
  /** False for a deactivated row, which D365 does not let anybody edit. */
  readonly active: boolean
  readonly tags: readonly string[]
  /** A contact's lists, where somebody had a reason to read them. Saved without, a record keeps those it has. */
  readonly lists?: readonly ListStatus[]
  /** What the matching rules compare, normalised. */
  readonly keys: readonly string[]
}

/** Two records that are one thing, and the base: what was last in sync, as each side had it. */
export interface StoredLink {
  /** The D365 side's entity. A lead and a contact may each be linked to the same ActiveCampaign contact. */
  readonly entity: string
  readonly id: string
  readonly dynamicsId: string
  readonly activeCampaignId: string
  readonly base: { readonly dynamics: Fields; readonly activeCampaign: Fields }
}

/**
 * What was last seen, and which of it is dirty: seen to differ from before, or linked anew, since the planner last found
 * nothing to do about it. What waits for a person stays dirty, so that every plan shows it again.
 */
export interface RecordState {
  /** Stores observations of one kind. `pending` marks records whose custom fields are still to be read. */
  save(
    records: readonly StoredRecord[],
    options: { readonly generation: number; readonly pending: boolean },
  ): Promise<void>
  find(kind: RecordKind, ids: readonly string[]): Promise<readonly StoredRecord[]>
  findByKey(kind: RecordKind, keys: readonly string[]): Promise<readonly StoredRecord[]>
  /** Dirty records that are completely read. */
  dirty(kind: RecordKind, page: Page): Promise<readonly StoredRecord[]>
  /** How many there are of those. */
  countDirty(kind: RecordKind): Promise<number>
  /** Which of these records are among those. */
  amongDirty(kind: RecordKind, ids: readonly string[]): Promise<readonly string[]>
  pending(kind: RecordKind, page: Page): Promise<readonly StoredRecord[]>
  /** The planner found nothing to do about these: they are clean until they change. */
  quiet(kind: RecordKind, ids: readonly string[]): Promise<void>
  /** Marks a page of records dirty, whatever they are; says the id of its last, null where no more can be behind it. */
  touch(kind: RecordKind, page: Page): Promise<string | null>
  /** Forgets records that are gone and makes what they were linked to dirty. */
  remove(kind: RecordKind, ids: readonly string[]): Promise<void>
  /** Ids last seen before this generation: after a full read, those are gone. */
  unseen(kind: RecordKind, generation: number, page: Page): Promise<readonly string[]>
  count(kind: RecordKind): Promise<number>
}

/** Which records are one thing. */
export interface LinkState {
  /** Stores links with their base. Both ends become dirty, for the planner to look at once more. */
  save(links: readonly StoredLink[]): Promise<void>
  /** Links that one of these records is an end of. */
  of(kind: RecordKind, ids: readonly string[]): Promise<readonly StoredLink[]>
  remove(entity: string, ids: readonly string[]): Promise<void>
  /** Links whose records are both gone, in the order of their ids. */
  orphans(entity: string, page: Page): Promise<readonly StoredLink[]>
  count(entity: string): Promise<number>
}

/** Delta links, watermarks and generations, by name. */
export interface CursorState {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
}

/** The state of one tenant inside one transaction. */
export interface StateTransaction {
  readonly records: RecordState
  readonly links: LinkState
  readonly cursors: CursorState
  readonly journal: JournalState
  readonly setAsides: SetAsideState
  readonly runs: RunState
  readonly hints: HintState
  readonly imports: ImportState
}

/**
 * Where the engine remembers observations, links, cursors and the journal.
 *
 * Every implementation passes the contract suite in `test/state-contract.ts`.
 */
export interface StateStore {
  /**
   * Runs the work in one transaction: all that it wrote is kept, or nothing when it throws. Transactions of one tenant
   * follow each other.
   *
   * @param options.fence - The number of a lease. When that is no longer the tenant's lease, the work is not even begun.
   * @param options.readOnly - The work only reads: it sees the state of one moment, waits for no other transaction and keeps none
   * waiting.
   *
   * @throws LeaseLostError when the lease was taken by somebody else or given back.
   * @throws TypeError when work that only reads writes.
   */
  transaction<T>(
    tenant: string,
    work: (state: StateTransaction) => Promise<T>,
    options?: { readonly fence?: number | undefined; readonly readOnly?: boolean | undefined },
  ): Promise<T>
  /** Who may write: one holder per tenant at a time. */
  readonly leases: LeaseState
  /** Releases the connection. The store cannot be used afterwards. */
  close(): Promise<void>
}
