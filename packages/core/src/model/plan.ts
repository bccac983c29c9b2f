import type { EntityName } from '@dynacamp/mapping-dsl'
import type { Action } from '../actions/action.ts'
import type { Calls } from './cost.ts'
import type { Conflict, Hold, Need, Skip } from './outcome.ts'

/** A limit the plan was measured against, with its numbers; `tripped` stops the run before it writes anything. */
export interface GuardResult {
  readonly guard: 'changed-share' | 'deletes' | 'unsubscribes'
  readonly limit: number
  /** How many records are linked in all, as the host said; null where it did not, and the plan's records count. */
  readonly linkedRecords: number | null
  readonly actual: number
  readonly tripped: boolean
  readonly message: string
}

/**
 * Every record of the batch is in exactly one of `planned`, `unchanged`, `held` and `skipped`: a record with an
 * action is planned (even where one of its fields is held), else one with a hold is held, else it is skipped
 * or unchanged.
 */
export interface Counts {
  readonly records: number
  readonly planned: number
  readonly unchanged: number
  readonly held: number
  readonly skipped: number
}

/** What applying the plan takes, under both vendors' published limits. */
export interface PlanCost {
  /** Calls when everything goes one by one, the looks before the writes included. */
  readonly calls: Calls
  /** Contacts that go by ActiveCampaign's bulk import, and the calls it needs for them; zero where it does not pay. */
  readonly bulk: { readonly contacts: number; readonly calls: number }
  /** Rows that go to Dynamics 365 many in a batch, each with its own condition, and the calls; zero where it does not pay. */
  readonly batches: { readonly rows: number; readonly calls: number }
  /**
   * Calls that applying makes: by these paths where they pay, one by one else, looks before writes included. Reading both sides
   * beforehand and afterwards is not in it.
   */
  readonly leastCalls: Calls
  /** Least time per service at the pace its limits allow, by those paths; both work at once. */
  readonly seconds: Calls
  /** Share of the 500,000 requests a day that a tenant's application users have at least, 0 to 1 and beyond. */
  readonly dailyShare: number
}

/**
 * What to do, what to leave alone and why: plain JSON, immutable, the same bytes for the same input.
 * Lists are sorted by id.
 */
export interface Plan {
  /** Of this format. */
  readonly version: 1
  /** Content hash of everything else in the plan. */
  readonly id: string
  /** `CompiledDefinition.hash` of the definition the plan was made for. */
  readonly definitionHash: string
  /** Entities the plan covers, sorted. */
  readonly entities: readonly EntityName[]
  readonly actions: readonly Action[]
  readonly skips: readonly Skip[]
  readonly holds: readonly Hold[]
  readonly conflicts: readonly Conflict[]
  readonly needs: readonly Need[]
  readonly guards: readonly GuardResult[]
  readonly cost: PlanCost
  readonly counts: Counts
}
