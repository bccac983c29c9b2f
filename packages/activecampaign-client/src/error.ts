import { HttpError, type HttpErrorDetails, redactEmails } from '@dynacamp/http'
import type { ErrorDetail } from './error-body.ts'

/** A key of an answer that is missing or of another type than the service promises. */
export interface AnswerProblem {
  /** Such as `contacts.3.id`. */
  readonly path: string
  readonly message: string
}

/** A row of an answer that could not be read. The other rows of its page were. */
export interface RowProblem {
  /** Such as `contacts.list`. */
  readonly operation: string
  /** Id of the row, when it has one. */
  readonly id: string | undefined
  readonly problems: readonly AnswerProblem[]
}

/** Codes given by this client. Where the service sends a code of its own, that one is used. */
export type ActiveCampaignErrorCode =
  | 'bad-request'
  | 'payment-required'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'rate-limited'
  | 'server-error'
  | 'failed'
  | 'malformed-response'
  | 'malformed-rows'
  | 'endless-paging'
  | 'invalid-argument'
  | 'malformed-webhook'
  | 'not-ready'
  | 'unsubscribed'
  | 'duplicate'
  | 'field_missing'
  | 'field_invalid'
  | (string & {})

/** What an {@link ActiveCampaignError} is made of. */
export interface ActiveCampaignErrorDetails extends HttpErrorDetails {
  readonly code: ActiveCampaignErrorCode
  readonly details?: readonly ErrorDetail[]
  readonly problems?: readonly AnswerProblem[]
  readonly rows?: readonly RowProblem[]
}

/**
 * ActiveCampaign answered, and the answer is a no or cannot be understood; or an argument was refused before anything
 * was sent. When no answer came, `@dynacamp/http`'s own errors tell (`network`, `timeout`, `unknown-outcome`).
 *
 * @example
 * ```ts
 * import { type ActiveCampaignClient, isActiveCampaignError } from '@dynacamp/activecampaign-client'
 *
 * async function addContact(client: ActiveCampaignClient, email: string) {
 *   try {
 *     return await client.contacts.create({ email })
 *   } catch (error) {
 *     if (isActiveCampaignError(error) && error.code === 'duplicate') return undefined
 *     throw error
 *   }
 * }
 * ```
 */
export class ActiveCampaignError extends HttpError {
  override readonly name: string = 'ActiveCampaignError'
  readonly code: ActiveCampaignErrorCode
  /** All that the service said, in its order, e-mail addresses redacted. */
  readonly details: readonly ErrorDetail[]
  /** Keys of the answer that were missing or mistyped, for `malformed-response`. */
  readonly problems: readonly AnswerProblem[]
  /** Rows that could not be read, for `malformed-rows`. */
  readonly rows: readonly RowProblem[]

  constructor(message: string, details: ActiveCampaignErrorDetails, options?: ErrorOptions) {
    super(message, details, options)
    this.code = details.code
    this.details = (details.details ?? []).map((detail) => ({
      ...detail,
      message: redactEmails(detail.message),
    }))
    this.problems = details.problems ?? []
    this.rows = details.rows ?? []
  }

  /** Where in the request the first named mistake is, such as `/data/attributes/email`. */
  get pointer(): string | undefined {
    return this.details.find((detail) => detail.pointer !== undefined)?.pointer
  }

  /** The service's sentences, all of them. */
  get messages(): readonly string[] {
    return this.details.map((detail) => detail.message)
  }

  override toJSON(): Readonly<Record<string, unknown>> {
    const { details, problems, rows } = this
    return { ...super.toJSON(), details, problems, rows }
  }
}

/**
 * Is this an error of this client?
 *
 * @example
 * ```ts
 * import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
 *
 * const isGone = (error: unknown) => isActiveCampaignError(error) && error.code === 'not-found'
 * ```
 */
export const isActiveCampaignError = (error: unknown): error is ActiveCampaignError =>
  error instanceof ActiveCampaignError
