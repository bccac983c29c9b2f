import type { DynamicsObservation } from '../model/observation.ts'
import type { DynamicsCandidate, KeyHolders } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'

/** Takes part in the sync: active, and in scope. A row that was merged into another one is inactive. */
export const isEligible = ({ entity }: BatchContext, row: DynamicsObservation): boolean =>
  row.active !== false && entity.inScope(row.fields)

/** The rows that could speak for a contact with this key. */
export const rivalsOf = (context: BatchContext, holders: KeyHolders): readonly DynamicsCandidate[] =>
  holders.dynamics.filter(
    (row) => row.entity === context.entity.entity && isEligible(context, row.observation),
  )
