import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import type { Plan } from '@dynacamp/core'
import type { DynamicsClient } from '@dynacamp/dynamics-client'
import type { Clock } from '@dynacamp/http'
import type { Registry, Schema, SyncDefinition } from '@dynacamp/mapping-dsl'
import type { ActionOutcome } from './apply/outcome.ts'
import type { ReportProgress } from './progress.ts'
import type { StateStore } from './state/state-store.ts'

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
  /** `sqliteState(path)`, `memoryState()`, or a store of your own. */
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
}

/** Settings of one step of a run. */
export interface StepOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
}

/** What came of applying a plan. */
export interface ApplyReport {
  readonly planId: string
  /** One entry per action of the plan, in the order in which they ended. */
  readonly outcomes: readonly ActionOutcome[]
}

/** A sync between one D365 environment and one ActiveCampaign account. */
export interface Sync {
  /**
   * Reads what changed on both sides and works out what to do about it. Writes to neither service.
   *
   * @param options.full - Read everything again, and so find contacts that were deleted in ActiveCampaign.
   *
   * @throws MissingFieldError when the definition maps a custom field that the account lacks.
   * @throws HttpError of `@dynacamp/http` when a service cannot be read; what was read is kept.
   */
  plan(options?: StepOptions & { readonly full?: boolean }): Promise<Plan>
  /**
   * Applies exactly this plan. An action whose record changed since is not applied and says so; the others are.
   *
   * @throws PlanError of `@dynacamp/core` when the plan was changed after it was made. Nothing was written.
   * @throws OtherDefinitionError when the plan was made for another definition. Nothing was written.
   * @throws GuardTrippedError when the plan would do more than the definition's guards allow. Nothing was written.
   */
  apply(plan: Plan, options?: StepOptions): Promise<ApplyReport>
}
