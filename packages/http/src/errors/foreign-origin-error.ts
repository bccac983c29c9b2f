import { HttpError } from './http-error.ts'

/** A next link, delta link or redirect leads to another origin than the configured one. Nothing was sent there. */
export class ForeignOriginError extends HttpError {
  override readonly name = 'ForeignOriginError'
  readonly code = 'foreign-origin'
}

/**
 * Did a link lead to another origin?
 *
 * @example
 * ```ts
 * const isSuspect = (error: unknown) => isForeignOriginError(error)
 * ```
 */
export const isForeignOriginError = (error: unknown): error is ForeignOriginError =>
  error instanceof ForeignOriginError
