import { HttpError, type HttpErrorDetails } from './http-error.ts'

/** What an answer with an error status carries besides the details of every error. */
export interface HttpStatusErrorDetails extends HttpErrorDetails {
  readonly status: number
  /** Parsed JSON, or the text when it is not JSON, or undefined when it is empty. */
  readonly body: unknown
  /** The server's own wish, in milliseconds, when it sent `Retry-After`. */
  readonly retryAfterMs?: number | undefined
}

/** The server answered, and the status says no. */
export class HttpStatusError extends HttpError {
  override readonly name: string = 'HttpStatusError'
  readonly code: string = 'http-status'
  override readonly status: number
  readonly retryAfterMs: number | undefined
  /** Parsed JSON, text, or undefined. Not enumerable and not in `toJSON`: it may hold personal data. */
  declare readonly body: unknown

  constructor(message: string, details: HttpStatusErrorDetails, options?: ErrorOptions) {
    super(message, details, options)
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
    Object.defineProperty(this, 'body', { value: details.body, enumerable: false })
  }
}

/**
 * Did the server answer with an error status?
 *
 * @example
 * ```ts
 * const isMissing = (error: unknown) => isHttpStatusError(error) && error.status === 404
 * ```
 */
export const isHttpStatusError = (error: unknown): error is HttpStatusError =>
  error instanceof HttpStatusError
