import { redactText, redactUrl } from '../redact.ts'

/** What every error of this layer knows. `url` is redacted by the error itself. */
export interface HttpErrorDetails {
  readonly operation: string
  readonly retryable?: boolean
  readonly status?: number | undefined
  readonly requestId?: string | undefined
  readonly method?: string
  readonly url?: string
  /** How often the request was sent. */
  readonly attempts?: number
}

/**
 * The base of all errors of this layer and of the clients built on it. Holds no header, no secret and no
 * body that would be printed or serialised; URLs are redacted.
 *
 * @example
 * ```ts
 * const client = createHttpClient({ service: 'example', baseUrl: 'https://api.example.com' })
 * try {
 *   await client.request({ operation: 'things.get', method: 'GET', url: 'things/1' })
 * } catch (error) {
 *   if (!isHttpError(error)) throw error
 *   console.error(error.code, error.retryable, JSON.stringify(error))
 * }
 * ```
 */
export abstract class HttpError extends Error {
  /** Stable, for programs: `timeout`, `unknown-outcome`, ... */
  abstract readonly code: string
  readonly operation: string
  /** May the same call succeed later, without any change, and is it safe to repeat? */
  readonly retryable: boolean
  readonly status: number | undefined
  /** The server's own id of the request, for its support. */
  readonly requestId: string | undefined
  readonly method: string | undefined
  readonly url: string | undefined
  readonly attempts: number | undefined

  constructor(message: string, details: HttpErrorDetails, options?: ErrorOptions) {
    super(redactText(message), options)
    this.operation = details.operation
    this.retryable = details.retryable ?? false
    this.status = details.status
    this.requestId = details.requestId
    this.method = details.method
    this.url = details.url === undefined ? undefined : redactUrl(details.url)
    this.attempts = details.attempts
  }

  /** The error as data: no stack, headers, body or cause. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { name, code, message, operation, method, url, status, retryable, requestId, attempts } = this
    return { name, code, message, operation, method, url, status, retryable, requestId, attempts }
  }
}

/**
 * Is this an error of this layer, or of a client built on it?
 *
 * @example
 * ```ts
 * const mayPass = (error: unknown) => isHttpError(error) && error.retryable
 * ```
 */
export const isHttpError = (error: unknown): error is HttpError => error instanceof HttpError
