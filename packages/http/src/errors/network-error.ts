import { HttpError } from './http-error.ts'

/** No complete answer came: name not found, refused, reset, cut while the body was read. */
export class NetworkError extends HttpError {
  override readonly name = 'NetworkError'
  readonly code = 'network'
}

/**
 * Did the network fail?
 *
 * @example
 * ```ts
 * const isOffline = (error: unknown) => isNetworkError(error)
 * ```
 */
export const isNetworkError = (error: unknown): error is NetworkError => error instanceof NetworkError
