import { HttpError } from './http-error.ts'

/** The attempt took longer than `timeoutMs`, or the call longer than `deadlineMs`. */
export class TimeoutError extends HttpError {
  override readonly name = 'TimeoutError'
  readonly code = 'timeout'
}

/**
 * Did time run out?
 *
 * @example
 * ```ts
 * const wasSlow = (error: unknown) => isTimeoutError(error)
 * ```
 */
export const isTimeoutError = (error: unknown): error is TimeoutError => error instanceof TimeoutError
