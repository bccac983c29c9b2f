/** What was wrong with a plan. */
export type PlanErrorCode =
  | 'empty'
  | 'not-json'
  | 'newer-version'
  | 'malformed'
  | 'changed'
  | 'other-definition'

/** A plan that must not be applied: what is wrong, where, and what to do. */
export class PlanError extends Error {
  override readonly name = 'PlanError'
  readonly code: PlanErrorCode
  /** Paths into the plan, where the problem has a place. */
  readonly paths: readonly string[]
  /** What to do next. */
  readonly advice: string

  constructor(code: PlanErrorCode, message: string, advice: string, paths: readonly string[] = []) {
    super(`${message} ${advice}`)
    this.code = code
    this.advice = advice
    this.paths = paths
  }
}

/** True for a {@link PlanError}, also one of another copy of this package. */
export const isPlanError = (error: unknown): error is PlanError =>
  error instanceof Error && error.name === 'PlanError' && 'code' in error
