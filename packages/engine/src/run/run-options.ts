import type { StepOptions } from '../step-options.ts'
import type { RunTrigger } from './run-report.ts'

/** Settings of a run. */
export interface RunOptions extends StepOptions {
  /** Milliseconds after which the run begins nothing new: for hosts that end a process after a while. Default: no limit.
   * Less than 0, or no number, is refused with InvalidOptionError. */
  readonly deadlineMs?: number | undefined
  /** Read everything again. Without it, deletions in ActiveCampaign are looked for once a day. */
  readonly full?: boolean | undefined
  /** Awaited between two pieces of work: a host that runs many tenants lets the others go first here. */
  readonly onBoundary?: (() => Promise<void>) | undefined
}

/** What the engine's own callers add. */
export interface StartedRun extends RunOptions {
  readonly trigger: RunTrigger
  /** How long to wait for a tenant that somebody else works on. */
  readonly waitMs: number
}
