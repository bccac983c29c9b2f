import { HttpError } from './http-error.ts'

/** The answer is not the JSON it should be: HTML, cut short, wrong content type, wrong encoding. */
export class MalformedResponseError extends HttpError {
  override readonly name = 'MalformedResponseError'
  readonly code = 'malformed-response'
}

/**
 * Was the answer not the JSON it should be?
 *
 * @example
 * ```ts
 * const isWorthAnotherTry = (error: unknown) => isMalformedResponseError(error) && error.retryable
 * ```
 */
export const isMalformedResponseError = (error: unknown): error is MalformedResponseError =>
  error instanceof MalformedResponseError
