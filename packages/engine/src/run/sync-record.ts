import { type ActionKind, isDeleted, type Plan, type PlanSettings } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { ApplyContext } from '../apply/apply-context.ts'
import type { ActionOutcome } from '../apply/outcome.ts'
import { inState } from '../context.ts'
import { readRecord } from '../observe/read-record.ts'
import type { Batch } from '../plan/dirty-batches.ts'
import { planOrNote } from '../plan/plan-or-note.ts'
import { rememberQuietPairs } from '../plan/quiet-pairs.ts'
import { entitiesOf, recordBatches } from '../plan/record-batches.ts'
import { touchOpportunities } from '../plan/touch-opportunities.ts'
import { setAsideOfInputs } from '../set-aside/leave-out.ts'
import { endId, endOf } from '../state/ends.ts'
import type { RecordName } from '../state/kinds.ts'
import { applyBatch } from './apply-batch.ts'
import { stopIn } from './failure-in.ts'
import { forgetGuardCount } from './guard-count.ts'
import { lookAtRows } from './look-at-rows.ts'
import type { RunCounts } from './run-counts.ts'

/** A plan for one record, and what came of it. */
export interface SyncedRecord {
  readonly plan: Plan
  readonly outcomes: readonly ActionOutcome[]
}

/** What came of a hint. */
interface SyncedNow {
  readonly synced: readonly SyncedRecord[]
  /** Whether something was left to the next run. */
  readonly isLeft: boolean
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
const isGuarded = ({ guards }: Plan): boolean =>
  guards.some(({ guard, actual, tripped }) => tripped || (guard !== 'changed-share' && actual > 0))

/** What makes a pair of two who are not linked yet, or makes the other one. */
const pairing: readonly ActionKind[] = [
  'create-active-campaign-contact',
  'create-active-campaign-account',
  'link-records',
]

/**
 * Whether a plan hangs on who else there is in ActiveCampaign, which only a reading shows: another contact may stand in for one that is
 * gone, and where a match goes by more than what ActiveCampaign itself keeps unique, the one to be made may be there, or another one
 * than the one to be linked may be meant.
 */
const needsReading = ({ actions }: Plan, { records }: Batch, { match }: CompiledEntity): boolean =>
  actions.length > 0 &&
  (records.some(({ activeCampaign }) => activeCampaign !== undefined && isDeleted(activeCampaign)) ||
    (match.length > 1 &&
      records.some(({ link }) => link === undefined) &&
      actions.some(({ kind }) => pairing.includes(kind))))

/** What becomes of a linked pair hangs on nobody else; all other actions hang on who else there is in D365. */
const hangsOnOthers = ({ actions }: Plan): boolean => actions.some(({ kind }) => !kind.startsWith('update-'))

/** A plan of one record for one entity, and what it was made from. */
interface PlannedRecord {
  readonly plan: Plan
  readonly batch: Batch
}

const planNow = async (
  context: ApplyContext,
  settings: PlanSettings,
  name: RecordName,
  entity: CompiledEntity,
): Promise<PlannedRecord | undefined> => {
  const batches = await inState(context, (state) => recordBatches(state, context.definition, name))
  const own = batches.find((one) => one.entity.entity === entity.entity)
  const planned = own && (await planOrNote(context, entity, own.batch, settings))
  return own && planned && { plan: planned.plan, batch: own.batch }
}

/**
 * Plans one record. What it would make, link, hand over or take leave of is planned once more after a look at what has changed in D365
 * since the last reading, a call for each table: the row that a contact asks for may be there by now, and so may the one that another
 * row was merged into, or a lead became.
 */
const planRecord = async (
  context: ApplyContext,
  settings: PlanSettings,
  name: RecordName,
  entity: CompiledEntity,
): Promise<PlannedRecord | undefined> => {
  const first = await planNow(context, settings, name, entity)
  if (first === undefined || entity.object !== undefined || !hangsOnOthers(first.plan)) return first
  await lookAtRows(context, entity)
  return context.unread.has(entity.entity) ? undefined : planNow(context, settings, name, entity)
}

/**
 * Reads one record and what it is linked to, plans it and applies the plan at once. One that is set aside is tried again: somebody
 * has just said that it changed. A plan that trips a guard, or deletes or unsubscribes where a guard limits that, is left to the next
 * run, which measures the whole; so is one that hangs on what only a reading of ActiveCampaign shows. What is left stays marked.
 */
export const syncRecord = async (
  context: ApplyContext,
  settings: PlanSettings,
  name: RecordName,
): Promise<SyncedNow> => {
  await readWithLinks(context, name)
  const synced: SyncedRecord[] = []
  let isLeft = false
  for (const entity of entitiesOf(context.definition, name)) {
    if (context.unread.has(entity.entity)) continue
    const planned = await planRecord(context, settings, name, entity)
    if (planned === undefined) continue
    const { plan, batch } = planned
    await inState(context, async (state) => {
      await rememberQuietPairs(state, entity, batch.records, plan)
      await touchOpportunities(state, context.definition, entity.entity, batch.records)
    })
    if (isGuarded(plan)) await inState(context, forgetGuardCount)
    if (isGuarded(plan) || needsReading(plan, batch, entity)) {
      isLeft = true
      continue
    }
    const tried = await inState(context, (state) => setAsideOfInputs(state, entity.entity, batch.records))
    const { outcomes } = await applyBatch(context, plan, tried)
    synced.push({ plan, outcomes })
    if (stopIn(outcomes)) break
  }
  return { synced, isLeft }
}
