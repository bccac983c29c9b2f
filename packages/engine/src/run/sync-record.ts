import type { Plan, PlanSettings } from '@dynacamp/core'
import type { ApplyContext } from '../apply/apply-context.ts'
import type { ActionOutcome } from '../apply/outcome.ts'
import { inState } from '../context.ts'
import { readRecord } from '../observe/read-record.ts'
import { planOrNote } from '../plan/plan-or-note.ts'
import { rememberQuietPairs } from '../plan/quiet-pairs.ts'
import { recordBatches } from '../plan/record-batches.ts'
import { touchOpportunities } from '../plan/touch-opportunities.ts'
import { setAsideOfInputs } from '../set-aside/leave-out.ts'
import { endId, endOf } from '../state/ends.ts'
import type { RecordName } from '../state/kinds.ts'
import { applyBatch } from './apply-batch.ts'
import { stopIn } from './failure-in.ts'
import { forgetGuardCount } from './guard-count.ts'
import type { RunCounts } from './run-counts.ts'

/** A plan for one record, and what came of it. */
export interface SyncedRecord {
  readonly plan: Plan
  readonly outcomes: readonly ActionOutcome[]
}

/** Counts what came of records. */
export const countSynced = (counts: RunCounts, synced: readonly SyncedRecord[]): void => {
  for (const { plan, outcomes } of synced) {
    const [entity] = plan.entities
    if (entity !== undefined) counts.add(entity, outcomes, 0)
  }
}

/** Reads a record and what it is linked to. */
const readWithLinks = async (context: ApplyContext, name: RecordName): Promise<void> => {
  await readRecord(context, name)
  const links = await inState(context, (state) => state.links.of(name, [name.id]))
  const other = name.side === 'dynamics' ? 'activeCampaign' : 'dynamics'
  for (const link of links)
    await readRecord(context, { ...endOf(link.entity, other), id: endId(link, other) })
}

/** One record trips no limit of deletes, and a thousand hints would delete a thousand: the next run measures them together. */
const isForTheRun = ({ guards }: Plan): boolean =>
  guards.some(({ guard, actual, tripped }) => tripped || (guard !== 'changed-share' && actual > 0))

/**
 * Reads one record and what it is linked to, plans it and applies the plan at once. One that is set aside is tried again: somebody
 * has just said that it changed. A plan that trips a guard, or deletes or unsubscribes where a guard limits that, is left to the next
 * run, which measures the whole.
 */
export const syncRecord = async (
  context: ApplyContext,
  settings: PlanSettings,
  name: RecordName,
): Promise<readonly SyncedRecord[]> => {
  await readWithLinks(context, name)
  const synced: SyncedRecord[] = []
  const batches = await inState(context, (state) => recordBatches(state, context.definition, name))
  for (const { entity, batch } of batches) {
    if (context.unread.has(entity.entity)) continue
    const planned = await planOrNote(context, entity, batch, settings)
    if (planned === undefined) continue
    const { plan } = planned
    await inState(context, async (state) => {
      await rememberQuietPairs(state, entity, batch.records, plan)
      await touchOpportunities(state, context.definition, entity.entity, batch.records)
    })
    if (isForTheRun(plan)) {
      await inState(context, forgetGuardCount)
      continue
    }
    const tried = await inState(context, (state) => setAsideOfInputs(state, entity.entity, batch.records))
    const { outcomes } = await applyBatch(context, plan, tried)
    synced.push({ plan, outcomes })
    if (stopIn(outcomes)) break
  }
  return synced
}
