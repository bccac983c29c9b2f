/** The steps of a run, in their order. */
export type Step = 'read-dynamics' | 'read-active-campaign' | 'plan' | 'apply'

/** How far a step is. `total` is null while nobody can know. */
export interface ProgressEvent {
  readonly step: Step
  readonly done: number
  readonly total: number | null
}

export type ReportProgress = (event: ProgressEvent) => void
