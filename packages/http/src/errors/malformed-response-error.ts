import { HttpError } from './http-error.ts'

/** The answer is not the JSON it should be: HTML, cut short, wrong content type, wrong encoding. */
export class MalformedResponseError extends HttpError {
  override readonly name: string = 'MalformedResponseError'
  readonly code: string = 'malformed-response'
}

/** Was the answer not the JSON it should be? */
export const isMalformedResponseError = (error: unknown): error is MalformedResponseError =>
  error instanceof MalformedResponseError
