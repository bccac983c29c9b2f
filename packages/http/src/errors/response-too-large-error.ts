import { HttpError } from './http-error.ts'

/** The answer is longer than `maxResponseBytes`; reading stopped there. */
export class ResponseTooLargeError extends HttpError {
  override readonly name: string = 'ResponseTooLargeError'
  readonly code: string = 'response-too-large'
}

/** Was the answer too long? */
export const isResponseTooLargeError = (error: unknown): error is ResponseTooLargeError =>
  error instanceof ResponseTooLargeError
