import type { RunOrPlan } from '../journal/journal.ts'

/** The journal has nothing of this run or plan, so nothing of it can be taken back. */
export class UnknownRunError extends Error {
  override readonly name = 'UnknownRunError'
  readonly code = 'unknown-run'
  readonly of: RunOrPlan

  constructor(of: RunOrPlan) {
    const named = 'runId' in of ? `run ${of.runId}` : `plan ${of.planId}`
    super(
      `The journal has no action of ${named}: there is no such ${'runId' in of ? 'run' : 'plan'}, it did nothing, or what it did was ` +
        'forgotten. `health()` lists the latest runs.',
    )
    this.of = of
  }
}
