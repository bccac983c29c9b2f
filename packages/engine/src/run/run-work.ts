import type { EntityName } from '@dynacamp/mapping-dsl'
import type { ApplyContext } from '../apply/apply-context.ts'
import { awaitImports } from '../apply/imports/ask-imports.ts'
import { importWaitMs } from '../apply/imports/settle-imports.ts'
import { openRefusals } from '../apply/refusals.ts'
import { inState, readState } from '../context.ts'
import { ActionsRefusedError } from '../errors/actions-refused-error.ts'
import { EntitiesUnreadError } from '../errors/entities-unread-error.ts'
import { MissingFieldError } from '../errors/missing-field-error.ts'
import type { HeldLease } from '../lease/with-lease.ts'
import { lookForFieldsOrNote } from '../observe/fields-or-note.ts'
import { findDeletedContacts } from '../observe/find-deleted-contacts.ts'
import { isReadingEverything } from '../observe/full-reading.ts'
import { observe } from '../observe/observe.ts'
import { peopleIn, readLateOrNote } from '../observe/read-or-note.ts'
import { isObservedFor } from '../observe/remember-definition.ts'
import { noteUnreadBefore } from '../observe/unread.ts'
import { openContext, type SyncParts } from '../parts.ts'
import { planSettings } from '../plan/plan-settings.ts'
import { noteLearnt } from './apply-batch.ts'
import { countGuards } from './count-guards.ts'
import { endInitialWhereDone } from './end-initial.ts'
import { type Reading, takeFullReading, takeReading } from './fresh-reading.ts'
import { noteFields } from './missing-fields.ts'
import { runPasses } from './passes.ts'
import { type RunPlace, takePlace } from './place.ts'
import { beginReading, dropMootHints, endReading } from './reading.ts'
import type { RunCounts } from './run-counts.ts'
import type { RunOptions } from './run-options.ts'
import { RunStop } from './run-stop.ts'
import { isOff } from './switches.ts'
import { takeAllHints, takeHints } from './take-hints.ts'

/** A run that has begun. */
export interface BegunRun {
  readonly runId: string
  readonly initial: ReadonlySet<EntityName>
  readonly startedAtMs: number
  readonly counts: RunCounts
  /** What was read of both sides; null before. */
  reading: Reading | null
  /** When everything was read for this run, or for one before that it goes on with, epoch milliseconds; null where it was not. */
  fullyReadAtMs: number | null
  /** How far it has gone through what is dirty; null at the front. */
  place: RunPlace | null
}

/** Milliseconds until the deadline. */
const leftMs = ({ clock }: SyncParts, { deadlineMs }: RunOptions, { startedAtMs }: BegunRun): number =>
  deadlineMs === undefined ? Number.POSITIVE_INFINITY : Math.max(0, startedAtMs + deadlineMs - clock.now())

/** Throws where the run is to end, between two pieces of work. */
const boundaryOf =
  (parts: SyncParts, { signal, fence }: HeldLease, options: RunOptions, run: BegunRun) =>
  async (): Promise<void> => {
    await options.onBoundary?.()
    signal.throwIfAborted()
    if (await readState({ ...parts, fence }, isOff)) throw new RunStop('off')
    if (leftMs(parts, options, run) === 0) throw new RunStop('deadline')
  }

/** Observes, then plans and applies until nothing more can be done; says whether it stopped although there is more. */
export const runWork = async (
  parts: SyncParts,
  held: HeldLease,
  options: RunOptions,
  run: BegunRun,
): Promise<boolean> => {
  const opened = await openContext(parts, held, { ...options, partial: true })
  const context = {
    ...opened,
    runId: run.runId,
    boundary: boundaryOf(parts, held, options, run),
    isOver: () => leftMs(parts, options, run) === 0,
  }
  const found = await lookForFieldsOrNote(context)
  const { ids: customFields, missing } = found ?? { ids: new Map<string, string>(), missing: [] }
  const refusals = openRefusals(context.unread, context.definition, new Set(missing))
  const applying: ApplyContext = { ...context, customFields, initial: run.initial, refusals }
  const waitMs = (): number => Math.min(importWaitMs, leftMs(parts, options, run))
  let from = await inState(context, takePlace)
  // Wherever this run ends, the next one goes on from there.
  run.place = from && { ...from, idle: false }
  await inState(context, async (state) => {
    run.reading = await takeReading(state, context.definition, parts.clock.now())
    run.fullyReadAtMs = await takeFullReading(state, parts.clock.now())
  })
  const goesOn = await inState(context, async (state) => {
    if (found !== undefined) await noteFields(state, context.definition, found)
    return isReadingEverything(state, context.definition)
  })
  const full = goesOn || ((options.full ?? false) && run.fullyReadAtMs === null)
  const isReadAnew = full || run.reading === null
  if (isReadAnew) {
    const begin = await inState(context, (state) => beginReading(state, parts.clock.now()))
    const isFirst = !(await inState(context, (state) => isObservedFor(state, context.definition)))
    // Those of an earlier run, or of a process that ended.
    await awaitImports(context, waitMs())
    await observe(context, customFields, {
      ...{ full, partial: true },
      onLearnt: noteLearnt(applying, run.counts),
    })
    const people = peopleIn(context.definition)
    if (people.entities.length > 0) await readLateOrNote(context, people, () => findDeletedContacts(context))
    await inState(context, async (state) => {
      await endReading(state)
      await dropMootHints(state, context.definition, begin, { full: full || isFirst })
    })
    run.reading = { fromMs: begin.fromMs, readAtMs: parts.clock.now() }
    if (full) run.fullyReadAtMs = run.reading.readAtMs
    // Before that place there may be something to do by now.
    from = from && { ...from, idle: false }
  } else {
    await inState(context, (state) => noteUnreadBefore(state, context.unread))
  }
  const settings = await planSettings(context, parts.settings)
  await countGuards(context, { settings, isReadAnew })
  run.place = from
  const reach = (place: RunPlace | null): void => {
    run.place = place
  }
  const first = async (inner: ApplyContext): Promise<void> => {
    await takeHints(inner, settings)
  }
  const more = await runPasses(applying, {
    ...{ settings, counts: run.counts, first, from, reach },
    importWaitMs: waitMs,
  })
  await takeAllHints(applying, settings)
  if (!more) await endInitialWhereDone(applying, settings)
  // At the end: what has nothing to do with it went on.
  const refused = refusals.all()
  if (refused.length > 0) throw new ActionsRefusedError(refused)
  if (missing.length > 0) throw new MissingFieldError(missing)
  const troubles = context.unread.all()
  if (troubles.length > 0) throw new EntitiesUnreadError(troubles)
  return more
}
