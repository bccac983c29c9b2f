import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import type { DynamicsClient } from '@dynacamp/dynamics-client'
import type { Clock } from '@dynacamp/http'
import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { Unread } from './observe/unread.ts'
import type { StepProgress } from './progress.ts'
import type { StateStore, StateTransaction } from './state/state-store.ts'

/** What every step of a run works with. */
export interface SyncContext {
  readonly definition: CompiledDefinition
  readonly dynamics: DynamicsClient
  readonly activeCampaign: ActiveCampaignClient
  readonly store: StateStore
  readonly tenant: string
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  /** When the step began, epoch milliseconds. */
  readonly startedAtMs: number
  readonly progress: (event: StepProgress) => void
  /**
   * Awaited between two pieces of work, where everything is written down: lets others go first, and throws where the run is to
   * end here.
   */
  readonly boundary: () => Promise<void>
  /** Whether the run is to begin nothing new: asked inside a piece of work that is cut where it can be. */
  readonly isOver: () => boolean
  /** What could not be read, and is left alone. */
  readonly unread: Unread
  /** The number of the lease under which the state is written; without one, nobody else may be at work. */
  readonly fence?: number
  /** The run that the journal's entries belong to. */
  readonly runId?: string
}

/**
 * The tenant's state in one transaction.
 *
 * @throws LeaseLostError when the lease of the context is no longer good.
 */
export const inState = <Result>(
  { store, tenant, fence }: Pick<SyncContext, 'store' | 'tenant' | 'fence'>,
  work: (state: StateTransaction) => Promise<Result>,
): Promise<Result> => store.transaction(tenant, work, { fence })

/**
 * The tenant's state as it is at one moment, for work that only reads: it waits for nobody who writes, and keeps nobody waiting.
 *
 * @throws LeaseLostError when the lease of the context is no longer good.
 */
export const readState = <Result>(
  { store, tenant, fence }: Pick<SyncContext, 'store' | 'tenant' | 'fence'>,
  work: (state: StateTransaction) => Promise<Result>,
): Promise<Result> => store.transaction(tenant, work, { fence, readOnly: true })
