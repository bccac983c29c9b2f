import { HttpError } from './http-error.ts'

/** The answer is longer than `maxResponseBytes`; reading stopped there. */
export class ResponseTooLargeError extends HttpError {
  override readonly name = 'ResponseTooLargeError'
  readonly code = 'response-too-large'
}

/**
 * Was the answer too long?
 *
 * @example
 * ```ts
 * const needsSmallerPages = (error: unknown) => isResponseTooLargeError(error)
 * ```
 */
export const isResponseTooLargeError = (error: unknown): error is ResponseTooLargeError =>
  error instanceof ResponseTooLargeError
