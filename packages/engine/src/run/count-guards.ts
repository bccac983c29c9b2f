import { type GuardResult, type PlanSettings, tallyGuards } from '@dynacamp/core'
import { inState, readState, type SyncContext } from '../context.ts'
import { GuardTrippedError } from '../errors/guard-tripped-error.ts'
import { dirtyBatches } from '../plan/dirty-batches.ts'
import { planOrNote } from '../plan/plan-or-note.ts'
import { leaveOut } from '../set-aside/leave-out.ts'
import { forgetGuardCount, type GuardCount, guardCountOf, saveGuardCount } from './guard-count.ts'
import { entitiesFrom } from './place.ts'

/** Where a run of a host that ends its process goes on at the latest. */
const savedEvery = 10

interface CountOptions {
  readonly settings: PlanSettings & { readonly linkedRecords: number }
  /** Whether both sides were read since a run before has counted. */
  readonly isReadAnew: boolean
}

/** Entities that are passed over, as they cannot be read. */
const leftAlone = ({ definition, unread }: SyncContext): readonly string[] =>
  definition.entities.map(({ entity }) => entity).filter((entity) => unread.has(entity))

/** The count to go on with: one that is through says nothing of what was read since, nor any of an entity that can be read by now. */
const begin = async (context: SyncContext, { isReadAnew }: CountOptions): Promise<GuardCount> => {
  const { definition, clock, unread } = context
  const passedOver = leftAlone(context)
  const nowMs = clock.now()
  const before = await readState(context, (state) => guardCountOf(state, definition, nowMs))
  const isGood = before?.unread.every((entity) => unread.has(entity)) === true
  if (before !== null && isGood && !(isReadAnew && before.place === null))
    return { ...before, unread: passedOver }
  const soFar = { changed: [], counted: [], deletes: 0, unsubscribes: 0 }
  const [first] = definition.entities
  const place = first === undefined ? null : ({ entity: first.entity, side: 'dynamics', last: '' } as const)
  return { hash: definition.hash, begunAtMs: nowMs, place, soFar, unread: passedOver }
}

/** Counts from a place to the end, and leaves its place where the run is to end before; says what the guards measure. */
const countFrom = async (
  context: SyncContext,
  begun: GuardCount,
  { settings }: CountOptions,
): Promise<readonly GuardResult[]> => {
  const { definition, clock } = context
  const tally = tallyGuards(definition, settings, begun.soFar)
  let { place } = begun
  const save = (): Promise<void> =>
    inState(context, (state) =>
      saveGuardCount(state, { ...begun, place, soFar: tally.soFar(), unread: leftAlone(context) }),
    )
  let unsaved = 0
  for (const entity of place === null ? [] : entitiesFrom(definition, place)) {
    if (context.unread.has(entity.entity)) continue
    const behind = place?.entity === entity.entity ? place : undefined
    for await (const whole of dirtyBatches(context, entity.entity, behind)) {
      const options = { nowMs: clock.now(), resting: new Set<string>() }
      const { batch } = await readState(context, (state) => leaveOut(state, entity.entity, whole, options))
      try {
        const planned = await planOrNote(context, entity, batch, settings)
        if (planned === undefined) break
        const { plan, part } = planned
        tally.add(plan)
        if (part.last !== undefined) place = { entity: entity.entity, side: part.side, last: part.last }
        unsaved += 1
        // Behind the batch: each run gets a little further, however short its deadline is.
        await context.boundary()
      } catch (error) {
        await save()
        throw error
      }
      if (unsaved === savedEvery) {
        await save()
        unsaved = 0
      }
    }
  }
  place = null
  await save()
  return tally.results()
}

/**
 * Plans everything once and keeps only what guards measure: they judge a run as a whole, before it writes. Skipped where
 * the definition declares no guard. A run that ends in the middle leaves what it has counted to the next one, which goes on behind it:
 * begun at the front each time, it would never come to its end. What has changed before that place meanwhile is counted when it is
 * applied. Where a run before has counted everything, and nothing was read since, there is nothing to count.
 *
 * @throws GuardTrippedError when the run would do more than the definition allows.
 */
export const countGuards = async (context: SyncContext, options: CountOptions): Promise<void> => {
  if (Object.values(context.definition.guards).every((limit) => limit === undefined)) return
  const results = await countFrom(context, await begin(context, options), options)
  const tripped = results.filter((guard) => guard.tripped)
  if (tripped.length === 0) return
  // Whoever asks again, with the records or the guard changed, is to be told what is so then.
  await inState(context, forgetGuardCount)
  throw new GuardTrippedError(null, tripped)
}
