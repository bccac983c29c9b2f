import type { Clock } from '@dynacamp/http'

/** The steps of a run, in their order; `import` is the wait for bulk imports, counted in contacts. */
export type Step = 'read-dynamics' | 'read-active-campaign' | 'plan' | 'apply' | 'import'

/** How far a step is, as the step itself knows. */
export interface StepProgress {
  readonly step: Step
  readonly done: number
  /** Null while nobody can know. */
  readonly total: number | null
}

/** How far a step is. `total` and `leftMs` are null while nobody can know. */
export interface ProgressEvent extends StepProgress {
  /** Milliseconds until the step has done the rest, at the pace it has had so far. */
  readonly leftMs: number | null
}

export type ReportProgress = (event: ProgressEvent) => void

/** Adds to each event how long the rest of its step will take. */
export const withTimeLeft = (
  report: ReportProgress,
  clock: Pick<Clock, 'now'>,
): ((event: StepProgress) => void) => {
  const startedAtMs = new Map<Step, number>()
  return (event) => {
    const { step, done, total } = event
    const nowMs = clock.now()
    // A step that begins anew, in a run's next pass, begins with nothing done.
    const since = done === 0 ? nowMs : (startedAtMs.get(step) ?? nowMs)
    startedAtMs.set(step, since)
    const known = total !== null && done > 0 && nowMs > since
    report({ ...event, leftMs: known ? Math.round(((nowMs - since) / done) * (total - done)) : null })
  }
}
