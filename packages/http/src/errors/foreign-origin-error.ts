import { HttpError } from './http-error.ts'

/** A next link, delta link or redirect leads to another origin than the configured one. Nothing was sent there. */
export class ForeignOriginError extends HttpError {
  override readonly name: string = 'ForeignOriginError'
  readonly code: string = 'foreign-origin'
}

/** Did a link lead to another origin? */
export const isForeignOriginError = (error: unknown): error is ForeignOriginError =>
  error instanceof ForeignOriginError
