import { type ActionKind, type GuardResult, type Plan, type PlanSettings, tallyGuards } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { ApplyContext } from '../apply/apply-context.ts'
import type { ActionOutcome } from '../apply/outcome.ts'
import { waitsInVain } from '../apply/stale.ts'
import { inState } from '../context.ts'
import { GuardTrippedError } from '../errors/guard-tripped-error.ts'
import { openTally, type TallyBook } from '../health/tally.ts'
import { saveTallies } from '../health/tally-state.ts'
import { observe } from '../observe/observe.ts'
import { type Batch, dirtyBatches, noRecords } from '../plan/dirty-batches.ts'
import { planOrNote } from '../plan/plan-or-note.ts'
import { rememberQuietPairs } from '../plan/quiet-pairs.ts'
import { touchOpportunities } from '../plan/touch-opportunities.ts'
import { leaveOut, triedIn } from '../set-aside/leave-out.ts'
import { endOf } from '../state/ends.ts'
import { applyBatch, learnOfImports, noteLearnt } from './apply-batch.ts'
import { stopIn } from './failure-in.ts'
import { lookAtRows } from './look-at-rows.ts'
import { entitiesFrom, type RunPlace } from './place.ts'
import { restless } from './restless.ts'
import type { RunCounts } from './run-counts.ts'

/** A chain of records that each wait for the one before is rarely longer; what is left waits for the next run. */
const maxPasses = 10

/** What nobody can take back, and what a row that was entered or restored in D365 since it was read forbids. */
const hangsOnRows: readonly ActionKind[] = [
  'create-dynamics-record',
  'delete-active-campaign-contact',
  'delete-active-campaign-account',
]

type Settings = PlanSettings & { readonly linkedRecords: number }

/** What a pass has to know of the run. */
interface Pass {
  readonly settings: Settings
  readonly counts: RunCounts
  readonly tally: TallyBook
  readonly rests: ReturnType<typeof restless>
  readonly guards: ReturnType<typeof tallyGuards>
  /** Done first, before each batch: what somebody waits for. */
  readonly first: (context: ApplyContext) => Promise<void>
  /** Is told how far it is, batch after batch; null when it is through. */
  readonly reach: (place: RunPlace | null) => void
}

const trippedOf = (guards: readonly GuardResult[]): readonly GuardResult[] =>
  guards.filter(({ tripped }) => tripped)

/** What came of a batch, or of the part of it that the deadline let it plan, and whether some of its actions were left. */
interface Passed {
  readonly part: Batch
  readonly outcomes: readonly ActionOutcome[]
  readonly isCut: boolean
}

/** Plans and applies one batch; says how its actions ended. Undefined where it cannot be planned. */
const passBatch = async (
  context: ApplyContext,
  entity: CompiledEntity,
  whole: Batch,
  { settings, counts, tally, rests, guards }: Pass,
): Promise<Passed | undefined> => {
  const options = { nowMs: context.clock.now(), resting: rests.resting }
  const admitted = await inState(context, (state) => leaveOut(state, entity.entity, whole, options))
  const planned = await planOrNote(context, entity, admitted.batch, settings)
  if (planned === undefined) return undefined
  const { plan, part } = planned
  const tried = triedIn(entity.entity, part, admitted)
  await inState(context, async (state) => {
    await rememberQuietPairs(state, entity, part.records, plan)
    await touchOpportunities(state, context.definition, entity.entity, part.records)
  })
  guards.add(plan)
  const tripped = trippedOf(guards.results())
  if (tripped.length > 0) throw new GuardTrippedError(plan.id, tripped)
  // The reading may be hours old, or that of the run before.
  if (plan.actions.some(({ kind }) => hangsOnRows.includes(kind))) {
    await lookAtRows(context, entity)
    if (context.unread.has(entity.entity)) return undefined
  }
  const { outcomes, setAside } = await applyBatch(context, plan, tried)
  counts.add(entity.entity, outcomes, setAside, countWaiting(plan, outcomes))
  tally.add(entity.entity, part, plan, outcomes)
  rests.note(plan, outcomes)
  const stop = stopIn(outcomes)
  if (stop) throw stop
  return { part, outcomes, isCut: outcomes.length < plan.actions.length }
}

/** How many wait for what was taken for a bulk import. */
const countWaiting = ({ actions }: Plan, outcomes: readonly ActionOutcome[]): number => {
  const queued = new Set(outcomes.filter(({ status }) => status === 'queued').map(({ actionId }) => actionId))
  if (queued.size === 0) return 0
  const waits = new Set(
    outcomes.filter(({ code }) => code === waitsInVain.code).map(({ actionId }) => actionId),
  )
  return actions.filter(({ id, dependsOn }) => waits.has(id) && dependsOn.some((other) => queued.has(other)))
    .length
}

/** How many were done, or taken for a bulk import. */
const countApplied = (outcomes: readonly ActionOutcome[]): number =>
  outcomes.filter(({ status }) => status === 'done' || status === 'queued').length

const countDirty = (context: ApplyContext): Promise<number> =>
  inState(context, async ({ records }) => {
    let total = 0
    for (const { entity } of context.definition.entities) {
      total += await records.countDirty(endOf(entity, 'dynamics'))
      total += await records.countDirty(endOf(entity, 'activeCampaign'))
    }
    return total
  })

/** Goes once through everything that is dirty, or through what is behind a place. */
const passOnce = async (context: ApplyContext, pass: Pass, from: RunPlace | null): Promise<number> => {
  const total = await countDirty(context)
  let looked = 0
  context.progress({ step: 'plan', done: 0, total })
  let applied = 0
  let idle = from?.idle ?? true
  const look = async (entity: CompiledEntity, batch: Batch): Promise<Passed | undefined> => {
    const passed = await passBatch(inBatch, entity, batch, pass)
    applied += countApplied(passed?.outcomes ?? [])
    idle &&= passed?.outcomes.length === 0
    return passed
  }
  const inBatch: ApplyContext = {
    ...context,
    progress: (event) =>
      context.progress(
        event.step === 'apply' ? { ...event, done: applied + event.done, total: null } : event,
      ),
  }
  for (const entity of entitiesFrom(context.definition, from)) {
    if (context.unread.has(entity.entity)) continue
    // It may lack its custom object, even where no record is dirty.
    if (entity.object !== undefined && (await look(entity, noRecords))?.isCut) await context.boundary()
    const behind = from?.entity === entity.entity ? from : undefined
    for await (const batch of dirtyBatches(context, entity.entity, behind)) {
      await pass.first(context)
      const passed = await look(entity, batch)
      if (passed === undefined || context.unread.has(entity.entity)) break
      const { part, isCut } = passed
      looked += part.records.length
      context.progress({ step: 'plan', done: looked, total: Math.max(total, looked) })
      // A batch that was cut is begun anew: what is left of it is still dirty.
      if (part.last !== undefined && !isCut) {
        pass.reach({ entity: entity.entity, side: part.side, last: part.last, idle })
      }
      // Behind the batch: a run whose reading has used its time up does one batch all the same.
      await context.boundary()
    }
  }
  pass.reach(null)
  return applied
}

/**
 * Plans and applies, batch after batch, until nothing more can be done. Each pass goes through all that is dirty: what was
 * written is looked at once more and found quiet. A record whose action came to nothing twice waits for the next run, so that no
 * run goes on for ever. Services are read again only where an action met a change that the reading had not shown.
 *
 * @param options.from - Where the first pass begins; what is before it comes with the second one, unless there was nothing to do.
 * @returns whether it stopped although more could be done.
 */
export const runPasses = async (
  context: ApplyContext,
  options: Pick<Pass, 'settings' | 'counts' | 'first' | 'reach'> & {
    readonly from: RunPlace | null
    readonly importWaitMs: () => number
  },
): Promise<boolean> => {
  const rests = restless()
  const guards = tallyGuards(context.definition, options.settings)
  for (let number = 1; number <= maxPasses; number += 1) {
    const tally = openTally()
    const from = number === 1 ? options.from : null
    const done = await passOnce(context, { ...options, tally, rests, guards }, from)
    const underWay = await learnOfImports(context, options.counts, options.importWaitMs())
    if (underWay === 0) options.counts.endWaiting()
    const again = rests.endPass()
    if (from === null) {
      const tallies = tally.read()
      options.counts.see(tallies)
      await inState(context, (state) => saveTallies(state, tallies, context.unread))
    }
    // Before the deadline is asked about: a run that has used its time up to find nothing to do has come to its end.
    if (done === 0 && !again && (from?.idle ?? true)) {
      // What an import brings is still to be learnt of: by the next run, where the deadline has ended the wait.
      if (underWay > 0) await context.boundary()
      return false
    }
    await context.boundary()
    const onLearnt = noteLearnt(context, options.counts)
    if (again) await observe(context, context.customFields, { full: false, partial: true, onLearnt })
  }
  return true
}
