import { HttpError, type HttpErrorDetails } from '@dynacamp/http'

/** One thing about an answer that is not as documented. */
export interface ResponseIssue {
  /** Where in the body: `value[3].contactid`. */
  readonly path: string
  /** What was expected there. Never the value itself. */
  readonly message: string
}

/**
 * The service answered with JSON that lacks a key this client needs, or has it with another type. Nothing was made of
 * it. `operation` and `url` name the endpoint, `issues` the paths.
 *
 * @example
 * import { UnexpectedResponseError } from '@dynacamp/dynamics-client'
 *
 * const where = (error: unknown) =>
 *   error instanceof UnexpectedResponseError ? error.issues.map((issue) => issue.path) : []
 */
export class UnexpectedResponseError extends HttpError {
  override readonly name = 'UnexpectedResponseError'
  readonly code = 'unexpected-response'
  readonly issues: readonly ResponseIssue[]

  constructor(issues: readonly ResponseIssue[], details: HttpErrorDetails) {
    const [first] = issues
    super(
      `${details.operation}: the answer is not as documented at ${first?.path}: ${first?.message}`,
      details,
    )
    this.issues = issues
  }

  override toJSON(): Readonly<Record<string, unknown>> {
    return { ...super.toJSON(), issues: this.issues }
  }
}
