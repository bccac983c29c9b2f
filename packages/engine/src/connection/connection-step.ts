interface StepBase {
  /** Stable, such as `dynamics.contacts.change-tracking`. */
  readonly id: string
  /** What is checked, for people. */
  readonly title: string
  /** What was found, a sentence without secrets. */
  readonly found: string
}

/** One line of the checklist. */
export type ConnectionStep =
  | (StepBase & { readonly status: 'ok' })
  /** `remedy`: what to do, and where. */
  | (StepBase & { readonly status: 'failed'; readonly remedy: string })
  /** `because`: the id of the step that failed before it; null where the definition does not need it. */
  | (StepBase & { readonly status: 'skipped'; readonly because: string | null })

/** The checklist of a connection. */
export interface ConnectionReport {
  /** Nothing failed, and nothing was skipped because of a failure. */
  readonly ok: boolean
  readonly steps: readonly ConnectionStep[]
}

/** Why a step failed, and what to do about it. */
export interface Failure {
  readonly found: string
  readonly remedy: string
}

/** Thrown by the work of a step that looked and did not find what it needs. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure'
  readonly remedy: string

  constructor({ found, remedy }: Failure) {
    super(found)
    this.remedy = remedy
  }
}
