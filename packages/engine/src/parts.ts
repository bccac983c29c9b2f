import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import type { PlanSettings } from '@dynacamp/core'
import type { DynamicsClient } from '@dynacamp/dynamics-client'
import type { Clock } from '@dynacamp/http'
import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { SyncContext } from './context.ts'
import { withCurrencies } from './observe/currencies.ts'
import { openUnread } from './observe/unread.ts'
import { withTimeLeft } from './progress.ts'
import type { StateStore } from './state/state-store.ts'
import type { StepOptions } from './step-options.ts'

/** What a sync is made of: the same for all of its runs. */
export interface SyncParts {
  readonly definition: CompiledDefinition
  readonly dynamics: DynamicsClient
  readonly activeCampaign: ActiveCampaignClient
  readonly store: StateStore
  readonly tenant: string
  readonly clock: Clock
  readonly newId: () => string
  /** How long a lease lasts without being renewed. */
  readonly leaseMs: number
  /** The fence of the last lease that this sync had; 0 before the first. */
  readonly own: { fence: number }
  readonly settings: Pick<PlanSettings, 'firstLink'>
}

/**
 * What the steps of one run work with, under its lease; without a lease to read only.
 *
 * @param options.partial - Go on where some entities cannot be read: `unread` says which. Else it throws.
 */
export const openContext = async (
  { definition, dynamics, activeCampaign, store, tenant, clock }: SyncParts,
  { fence, signal }: { readonly fence?: number; readonly signal?: AbortSignal | undefined },
  { onProgress = () => undefined, partial = false }: StepOptions & { readonly partial?: boolean },
): Promise<SyncContext> => {
  const unread = openUnread()
  const clients = { dynamics, activeCampaign, signal }
  return {
    definition: await withCurrencies(definition, clients, partial ? unread : undefined),
    ...clients,
    store,
    tenant,
    clock,
    startedAtMs: clock.now(),
    progress: withTimeLeft(onProgress, clock),
    boundary: async () => signal?.throwIfAborted(),
    isOver: () => false,
    unread,
    ...(fence !== undefined && { fence }),
  }
}
