import type { Resolution } from '@dynacamp/core'
import type { ReportProgress } from './progress.ts'

/** Settings of one step of a run. */
export interface StepOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ReportProgress | undefined
}

/** Settings of a plan. */
export interface PlanOptions extends StepOptions {
  /** Read everything again, and so find contacts that were deleted in ActiveCampaign. */
  readonly full?: boolean | undefined
  /**
   * What people decided about fields that are held: which side has the right value. For this plan only; once it is applied the two
   * are equal.
   */
  readonly resolutions?: readonly Resolution[] | undefined
}
