import { redactText } from './redact.ts'

const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined

/**
 * What a failing `fetch` is about: the innermost cause. ky's wrapper names the whole URL and holds the request
 * with its headers, and undici's says no more than "fetch failed".
 */
export const rootCause = (error: unknown): Error => {
  let found = error
  while (found instanceof Error && found.cause instanceof Error) found = found.cause
  if (!(found instanceof Error)) return new Error(redactText(String(found)))
  // Node's error for several refused addresses has a code and no message.
  const message = redactText(found.message === '' ? (codeOf(found) ?? found.name) : found.message)
  return message === found.message ? found : Object.assign(new Error(message), { code: codeOf(found) })
}

// Codes of Node and undici for failures before the first byte of the request left, certificates included.
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/

/** Is it certain that the server saw nothing of the request? */
export const neverSent = (cause: Error): boolean => beforeSending.test(codeOf(cause) ?? '')
