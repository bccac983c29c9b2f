import { HttpError } from './http-error.ts'

/** The attempt took longer than `timeoutMs`, or the call longer than `deadlineMs`. */
export class TimeoutError extends HttpError {
  override readonly name: string = 'TimeoutError'
  readonly code: string = 'timeout'
}

/** Did time run out? */
export const isTimeoutError = (error: unknown): error is TimeoutError => error instanceof TimeoutError
