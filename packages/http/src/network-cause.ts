import { isNetworkError } from 'ky'

/**
 * What a failing `fetch` is about. ky's and undici's wrappers are taken off: ky's names the whole URL and
 * holds the request with its headers, which must reach no log.
 */
export const rootCause = (error: unknown): Error => {
  let found = error
  while (found instanceof Error && found.cause instanceof Error) found = found.cause
  if (!(found instanceof Error)) return new Error(String(found))
  return isNetworkError(found) ? new Error('network error') : found
}

// Node's and undici's codes for failures before the first byte of the request left.
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Is it certain that the server saw nothing of the request? */
export const neverSent = (cause: Error): boolean =>
  'code' in cause && typeof cause.code === 'string' && beforeSending.has(cause.code)
