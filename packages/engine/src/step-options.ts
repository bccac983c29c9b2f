import type { ReportProgress } from './progress.ts'

/** Settings of one step of a run. */
export interface StepOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
}
