import { isHttpError } from '@dynacamp/http'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'

/** What was written is written and must be reported, even when nobody can be asked any more; the next plan or run asks again. */
export const orLater = (error: unknown): void => {
  if (isHttpError(error) || error instanceof UnreadableAnswerError) return
  throw error
}
