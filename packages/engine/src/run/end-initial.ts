import type { PlanSettings } from '@dynacamp/core'
import type { CompiledEntity, EntityName } from '@dynacamp/mapping-dsl'
import type { ApplyContext } from '../apply/apply-context.ts'
import { importsThat } from '../apply/imports/open-imports.ts'
import { orLater } from '../apply/or-later.ts'
import { inState } from '../context.ts'
import { dirtyBatches, noRecords } from '../plan/dirty-batches.ts'
import { planPart, planRound } from '../plan/plan-round.ts'
import { leaveOut } from '../set-aside/leave-out.ts'
import { endInitial } from './switches.ts'

/** Entities of which an import is under way. */
const underWay = async (context: ApplyContext): Promise<ReadonlySet<string>> => {
  const found = new Set<string>()
  for (const state of ['are-under-way', 'have-ended'] as const)
    for await (const { actions } of importsThat(state, context))
      for (const { entity } of actions) found.add(entity)
  return found
}

/**
 * Whether anything of an entity is left to do, but for what is set aside. No deadline ends the look: the next run would begin it
 * at the front again, and never come to its end.
 */
const isLeft = async (
  context: ApplyContext,
  entity: CompiledEntity,
  settings: PlanSettings,
): Promise<boolean> => {
  const own = await planRound(context, entity, noRecords, settings)
  if (own.actions.length > 0) return true
  for await (const whole of dirtyBatches(context, entity.entity)) {
    context.signal?.throwIfAborted()
    const options = { nowMs: context.clock.now(), resting: new Set<string>() }
    const { batch } = await inState(context, (state) => leaveOut(state, entity.entity, whole, options))
    // Where the deadline leaves some of it, somebody is to be acted on.
    const { plan, part } = await planPart(context, entity, batch, settings)
    if (plan.actions.length > 0 || part.records.length < batch.records.length) return true
  }
  return false
}

const endWhereDone = async (context: ApplyContext, settings: PlanSettings): Promise<void> => {
  if (context.initial.size === 0) return
  const imported = await underWay(context)
  const done: EntityName[] = []
  for (const entity of context.definition.entities) {
    const isOpen = imported.has(entity.entity) || context.unread.has(entity.entity)
    if (!context.initial.has(entity.entity) || isOpen) continue
    if (!(await isLeft(context, entity, settings))) done.push(entity.entity)
  }
  if (done.length > 0) await inState(context, (state) => endInitial(state, done, context.clock.now()))
}

/**
 * Ends the initial sync of those entities of which nothing is left: by then most of their records are quiet, so the look is short.
 * What is set aside is still part of it when it is tried again. Where a service cannot be asked, the next run ends it: what was
 * written before must be reported.
 */
export const endInitialWhereDone = (context: ApplyContext, settings: PlanSettings): Promise<void> =>
  endWhereDone(context, settings).catch(orLater)
