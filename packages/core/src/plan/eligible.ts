import type { CompiledDefinition, CompiledEntity, EntityName } from '@dynacamp/mapping-dsl'
import type { DynamicsObservation } from '../model/observation.ts'
import type { DynamicsCandidate, KeyHolders } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'

/** Takes part in the sync: active, and in scope. A row that was merged into another one is inactive. */
export const isEligible = (
  { settings }: BatchContext,
  entity: CompiledEntity,
  row: DynamicsObservation,
): boolean => row.active !== false && entity.inScope(row.fields, settings.nowMs)

/**
 * The same of a row of any table; of one that the definition does not have, no row takes part.
 *
 * @example
 * const speaking = (candidates: readonly DynamicsCandidate[]) =>
 *   candidates.filter((row) => takesPart(definition, row, nowMs))
 */
export const takesPart = (
  { entities }: Pick<CompiledDefinition, 'entities'>,
  { entity, observation: { active, fields } }: Pick<DynamicsCandidate, 'entity' | 'observation'>,
  nowMs: number | undefined,
): boolean =>
  active !== false && entities.some((table) => table.entity === entity && table.inScope(fields, nowMs))

export const isEligibleIn = (
  { definition, settings }: BatchContext,
  entity: EntityName,
  observation: DynamicsObservation,
): boolean => takesPart(definition, { entity, observation }, settings.nowMs)

/** The rows of this entity that could speak for a contact with this key. */
export const rivalsOf = (context: BatchContext, holders: KeyHolders): readonly DynamicsCandidate[] =>
  holders.dynamics.filter(
    (row) => row.entity === context.entity.entity && isEligible(context, context.entity, row.observation),
  )
