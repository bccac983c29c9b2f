import type { ApplyContext } from '../apply/apply-context.ts'
import { inState } from '../context.ts'
import { GuardTrippedError } from '../errors/guard-tripped-error.ts'
import type { HeldLease } from '../lease/with-lease.ts'
import { findCustomFields } from '../observe/custom-fields.ts'
import { observe } from '../observe/observe.ts'
import { openContext, type SyncParts } from '../parts.ts'
import { planSettings } from '../plan/plan-settings.ts'
import { countGuards } from './count-guards.ts'
import { runPasses } from './passes.ts'
import type { RunCounts } from './run-counts.ts'
import type { RunOptions } from './run-options.ts'
import { RunStop } from './run-stop.ts'
import { endInitial } from './switches.ts'
import { takeHints } from './take-hints.ts'

/** A run that has begun. */
export interface BegunRun {
  readonly runId: string
  readonly initial: boolean
  readonly startedAtMs: number
  readonly counts: RunCounts
}

/** Throws where the run is to end, between two pieces of work. */
const boundaryOf =
  ({ clock }: SyncParts, { signal }: HeldLease, options: RunOptions, { startedAtMs }: BegunRun) =>
  async (): Promise<void> => {
    await options.onBoundary?.()
    signal.throwIfAborted()
    const { deadlineMs } = options
    if (deadlineMs !== undefined && clock.now() >= startedAtMs + deadlineMs) throw new RunStop('deadline')
  }

/** Observes, then plans and applies until nothing more can be done; says whether it stopped although there is more. */
export const runWork = async (
  parts: SyncParts,
  held: HeldLease,
  options: RunOptions,
  run: BegunRun,
): Promise<boolean> => {
  const opened = await openContext(parts, held, options)
  const context = { ...opened, runId: run.runId, boundary: boundaryOf(parts, held, options, run) }
  const customFields = await findCustomFields(
    context.activeCampaign,
    context.definition.entities,
    held.signal,
  )
  await observe(context, customFields, { full: options.full ?? false })
  const settings = await planSettings(context, parts.settings)
  const tripped = (await countGuards(context, settings)).filter((guard) => guard.tripped)
  if (tripped.length > 0) throw new GuardTrippedError(null, tripped)
  const applying: ApplyContext = { ...context, customFields, initial: run.initial }
  const first = (inner: ApplyContext): Promise<void> => takeHints(inner, settings)
  const more = await runPasses(applying, { settings, counts: run.counts, first })
  await first(applying)
  if (run.initial && !more) await inState(context, endInitial)
  return more
}
