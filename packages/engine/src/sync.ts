import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import type { Plan } from '@dynacamp/core'
import type { DynamicsClient } from '@dynacamp/dynamics-client'
import type { Clock } from '@dynacamp/http'
import type { Registry, Schema, SyncDefinition } from '@dynacamp/mapping-dsl'
import type { ActionOutcome } from './apply/outcome.ts'
import type { Health } from './health/health.ts'
import type { Journal, RunOrPlan } from './journal/journal.ts'
import type { Pruned } from './journal/prune.ts'
import type { RunOptions } from './run/run-options.ts'
import type { RecordReport } from './run/run-record.ts'
import type { RunReport } from './run/run-report.ts'
import type { DueReport } from './schedule/run-due.ts'
import type { SetAsides } from './set-aside/set-asides.ts'
import type { RecordName } from './state/kinds.ts'
import type { StateStore } from './state/state-store.ts'
import type { PlanOptions, StepOptions } from './step-options.ts'

/** Settings of `createSync`. */
export interface SyncOptions {
  /** What shall be in sync, from `defineSync` or read back from JSON. */
  readonly definition: SyncDefinition
  /** The schema that the definition was written against. */
  readonly schema: Schema
  /** Transforms of your own that the definition names. */
  readonly registry?: Registry
  readonly dynamics: DynamicsClient
  readonly activeCampaign: ActiveCampaignClient
  /** `sqliteState(path)`, `postgresState(...)`, `memoryState()`, or a store of your own. */
  readonly state: StateStore
  /** Names the customer where one store serves several; part of the GUIDs of rows that the sync creates. Default: `default`. */
  readonly tenant?: string
  /**
   * Values that differ where two records meet for the first time: `hold` (default) shows each as a conflict and overwrites
   * nothing; `policy` lets the definition's conflict policies decide.
   */
  readonly firstLink?: 'hold' | 'policy'
  /** Default: the host's clock. */
  readonly clock?: Clock
  /**
   * How long another process waits for a tenant whose process was killed: milliseconds that its lease lasts without being
   * renewed. Default: 30 seconds.
   */
  readonly leaseMs?: number
  /** Makes the ids of runs and of lease holders. Default: random UUIDs. */
  readonly newId?: () => string
}

/** What came of applying a plan. */
export interface ApplyReport {
  readonly planId: string
  /** Names it among the runs and in the journal. */
  readonly runId: string
  /** One entry per action of the plan, in the order in which they ended. */
  readonly outcomes: readonly ActionOutcome[]
}

/**
 * A sync between one D365 environment and one ActiveCampaign account. What reads or writes them throws OtherServicesError before it does,
 * where the state belongs to others.
 */
export interface Sync {
  /**
   * Reads what changed on both sides and works out what to do about it, about records that are set aside, too. Writes to neither
   * service. While another process is at work on the tenant it waits, as `apply` does.
   *
   * @throws InvalidOptionError when a resolution is about a field, or an entity, that is not in sync.
   * @throws MissingFieldError when the definition maps a custom field that the account lacks.
   * @throws HttpError of `@dynacamp/http` when a service cannot be read; what was read is kept.
   *
   * @example
   * import type { Sync } from '@dynacamp/engine'
   *
   * export const keepDynamics = async (sync: Sync, dynamicsId: string) => {
   *   const decided = { entity: 'contacts', dynamicsId, field: 'jobtitle:POSITION', winner: 'dynamics' } as const
   *   return sync.apply(await sync.plan({ resolutions: [decided] }))
   * }
   */
  plan(options?: PlanOptions): Promise<Plan>
  /**
   * Applies exactly this plan. An action whose record changed since is not applied and says so; the others are.
   *
   * @throws PlanError of `@dynacamp/core` when the plan was changed after it was made. Nothing was written.
   * @throws OtherDefinitionError when the plan was made for another definition. Nothing was written.
   * @throws GuardTrippedError when the plan would do more than the definition's guards allow. Nothing was written.
   */
  apply(plan: Plan, options?: StepOptions): Promise<ApplyReport>
  /**
   * Reads both sides, then plans and applies batch by batch until nothing more can be done. Memory stays flat however many
   * records there are. The first ones are the initial sync. An abort or the deadline ends it between two pieces of work, as the
   * report says; the next run goes on from there.
   *
   * @throws InvalidOptionError when `deadlineMs` makes no sense. Nothing was begun.
   * @throws GuardTrippedError when the run as a whole would do more than the definition's guards allow. Nothing was written.
   * @throws RunFailedError when a service refuses every call or cannot be read. It has the report of what was done before. Where only
   *   some entities cannot be read, all others were done, and its `cause` is an EntitiesUnreadError.
   *
   * @example
   * import type { Sync } from '@dynacamp/engine'
   *
   * export const everything = async (sync: Sync) => {
   *   const { ending, entities } = await sync.run({ deadlineMs: 60_000 })
   *   console.log(ending, entities)
   * }
   */
  run(options?: RunOptions): Promise<RunReport>
  /**
   * Runs when a run is due by the definition's schedule; otherwise says when to ask again. For hosts with a scheduler of
   * their own: calling it too often costs a look into the state.
   *
   * @throws what `run` throws.
   */
  runDue(options?: RunOptions): Promise<DueReport>
  /**
   * Reads one record of either side, and what it is linked to, plans it and applies the plan at once: what a webhook asks for.
   * While a run goes on, and before the initial sync of its entity is done, the record is written down for the run to take.
   *
   * @throws HttpError of `@dynacamp/http` when a service cannot be read.
   */
  runRecord(record: RecordName, options?: StepOptions): Promise<RecordReport>
  /** Lets runs do something again, or for the first time: the initial sync then begins. Nothing of what changed meanwhile is lost. */
  switchOn(): Promise<void>
  /**
   * The next run does nothing and says so; one that goes on, in whatever process, stops between two pieces of work. `plan` and `apply`
   * still do what they are asked to.
   */
  switchOff(): Promise<void>
  /**
   * For once, where a service has a new URL: the state is of these services. The next run reads everything. Never call it to use a state
   * with another environment or account: all of its links would look deleted.
   *
   * @example
   * import { OtherServicesError, type Sync } from '@dynacamp/engine'
   *
   * export const afterMoving = async (sync: Sync, oldUrl: string) => {
   *   const error: unknown = await sync.plan().catch((thrown: unknown) => thrown)
   *   if (error instanceof OtherServicesError && error.known.dynamics === oldUrl) await sync.acceptServices()
   * }
   */
  acceptServices(): Promise<void>
  /** What is in sync and what is not, why, and what the runs did; `renderHealth` has it as text. Asks no service. */
  health(): Promise<Health>
  /** Why a record of either side is, or is not, in sync: sentences. */
  why(record: RecordName, options?: StepOptions): Promise<readonly string[]>
  /** Records that failed and are tried again later. */
  readonly setAsides: SetAsides
  /** What was done. */
  readonly journal: Journal
  /**
   * Forgets actions, runs and hints from before a time. Nothing is forgotten by itself. What is forgotten cannot be taken back.
   *
   * @throws RangeError when that time is less than a day ago.
   *
   * @example
   * import type { Sync } from '@dynacamp/engine'
   *
   * export const keepAYear = (sync: Sync) => sync.prune({ before: new Date(Date.now() - 365 * 24 * 3_600_000) })
   */
  prune(options: { readonly before: Date }): Promise<Pruned>
  /**
   * The plan that takes back what a run or a plan has written, to be reviewed and applied like any other. What cannot be taken back
   * is in it as a skip that says so.
   *
   * @throws UnknownRunError when the journal has nothing of it.
   */
  undo(of: RunOrPlan): Promise<Plan>
}
