import type { Link } from '../model/link.ts'
import { type ActiveCampaignObservation, type DynamicsObservation, isDeleted } from '../model/observation.ts'
import type { Predecessor, Successor } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { isEligibleIn } from './eligible.ts'

/** A contact to take over, and the link that it has. */
export interface Heritage {
  readonly link: Link
  readonly contact: ActiveCampaignObservation
}

/** What there is to take over: links of rows that no longer speak for themselves, to contacts that are there. */
export const heritageOf = (predecessors: readonly Predecessor[] = []): readonly Heritage[] =>
  predecessors.flatMap(({ link, dynamics, activeCampaign }) =>
    dynamics.active === false && !isDeleted(activeCampaign) ? [{ link, contact: activeCampaign }] : [],
  )

/** Whether another row, which takes part, has taken the place of this one. */
export const isSucceeded = (
  context: BatchContext,
  row: DynamicsObservation,
  successor: Successor | undefined,
): successor is Successor =>
  successor !== undefined &&
  row.active === false &&
  !isDeleted(successor.dynamics) &&
  isEligibleIn(context, successor.entity, successor.dynamics)
