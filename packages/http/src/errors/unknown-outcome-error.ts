import { HttpError } from './http-error.ts'

/**
 * A request that must not be repeated was sent, and nobody knows whether it took effect. Look at the server
 * before sending it again. `cause` says what went wrong: an error of this layer, or the caller's abort reason.
 */
export class UnknownOutcomeError extends HttpError {
  override readonly name = 'UnknownOutcomeError'
  readonly code = 'unknown-outcome'
}

/**
 * Is it unknown whether the request took effect?
 *
 * @example
 * ```ts
 * const mayHaveBeenDone = (error: unknown): boolean => isUnknownOutcomeError(error)
 * ```
 */
export const isUnknownOutcomeError = (error: unknown): error is UnknownOutcomeError =>
  error instanceof UnknownOutcomeError
