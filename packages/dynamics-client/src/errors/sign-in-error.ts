import { HttpError, type HttpErrorDetails } from '@dynacamp/http'

/**
 * The sign-in service gave no token. `reason` is its own word (`'invalid_client'`, `'invalid_scope'`), `aadsts` the
 * number behind it (`7000215`: wrong secret). Statuses vary between environments: decide by these.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 * @example
 * import { SignInError } from '@dynacamp/dynamics-client'
 *
 * const isWrongSecret = (error: unknown) => error instanceof SignInError && error.aadsts === 7000215
 */
export class SignInError extends HttpError {
  override readonly name = 'SignInError'
  readonly code = 'sign-in-failed'
  readonly reason: string
  readonly aadsts: number | undefined

  constructor(
    message: string,
    details: HttpErrorDetails & { readonly reason: string; readonly aadsts: number | undefined },
    options?: ErrorOptions,
  ) {
    super(message, details, options)
    this.reason = details.reason
    this.aadsts = details.aadsts
  }

  override toJSON(): Readonly<Record<string, unknown>> {
    return { ...super.toJSON(), reason: this.reason, aadsts: this.aadsts }
  }
}
