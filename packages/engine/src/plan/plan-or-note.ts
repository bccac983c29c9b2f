import type { PlanSettings } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { SyncContext } from '../context.ts'
import { peopleIn, readLateOrNote } from '../observe/read-or-note.ts'
import type { Batch } from './dirty-batches.ts'
import { type PlannedPart, planPart } from './plan-round.ts'

/**
 * Plans one batch, or as much of it as the deadline lets it look up. Of the services only the lists of contacts are asked for: where
 * they cannot be read there is no plan, and people are left alone from then on, as nobody knows who has opted out.
 */
export const planOrNote = async (
  context: SyncContext,
  entity: CompiledEntity,
  batch: Batch,
  settings: PlanSettings,
): Promise<PlannedPart | undefined> => {
  const plan = () => planPart(context, entity, batch, settings)
  const people = peopleIn(context.definition)
  return people.entities.includes(entity.entity) ? readLateOrNote(context, people, plan) : plan()
}
