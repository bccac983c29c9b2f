import type { CompiledEntity, EntityName } from '@dynacamp/mapping-dsl'
import type { DynamicsObservation } from '../model/observation.ts'
import type { DynamicsCandidate, KeyHolders } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'

/** Takes part in the sync: active, and in scope. A row that was merged into another one is inactive. */
export const isEligible = (
  { settings }: BatchContext,
  entity: CompiledEntity,
  row: DynamicsObservation,
): boolean => row.active !== false && entity.inScope(row.fields, settings.nowMs)

/** The same of a row of any table; of one that the definition does not have, no row takes part. */
export const isEligibleIn = (context: BatchContext, name: EntityName, row: DynamicsObservation): boolean => {
  const table = context.definition.entities.find(({ entity }) => entity === name)
  return table !== undefined && isEligible(context, table, row)
}

/** The rows of this entity that could speak for a contact with this key. */
export const rivalsOf = (context: BatchContext, holders: KeyHolders): readonly DynamicsCandidate[] =>
  holders.dynamics.filter(
    (row) => row.entity === context.entity.entity && isEligible(context, context.entity, row.observation),
  )
