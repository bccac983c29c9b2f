import { isHttpError } from '@dynacamp/http'
import {
  ActionsRefusedError,
  EntitiesUnreadError,
  GuardTrippedError,
  LeaseLostError,
  RunFailedError,
  ServiceStopError,
  UnreadableAnswerError,
} from '../../src/index.ts'
import { Killed } from './lifeline.ts'
import { StoreFailure } from './mortal-store.ts'

/** What a run may end with: an error of a service or of the store, a lost lease, or a kill. */
const isExpected = (error: unknown): boolean =>
  error instanceof Killed ||
  error instanceof StoreFailure ||
  error instanceof UnreadableAnswerError ||
  error instanceof LeaseLostError ||
  error instanceof EntitiesUnreadError ||
  error instanceof ActionsRefusedError ||
  error instanceof GuardTrippedError ||
  error instanceof ServiceStopError ||
  isHttpError(error) ||
  (error instanceof RunFailedError && isExpected(error.cause))

const textOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return `${error.stack ?? error.message}${error.cause === undefined ? '' : `\ncaused by ${textOf(error.cause)}`}`
}

/** What nobody expects of a run, as text; undefined for what may happen. */
export const surpriseOf = (error: unknown): string | undefined =>
  isExpected(error) ? undefined : textOf(error)
