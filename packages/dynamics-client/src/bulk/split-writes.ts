import { isHttpError } from '@dynacamp/http'
import { DynamicsError } from '../errors/dynamics-error.ts'
import { isNotFound } from '../errors/guards.ts'
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts'
import { SignInError } from '../errors/sign-in-error.ts'
import type { BulkOptions, BulkOutcome } from './bulk-outcome.ts'

/** Microsoft's advice for standard tables: https://learn.microsoft.com/power-apps/developer/data-platform/bulk-operations */
const defaultChunkSize = 1_000

/** Sends rows in one request that takes effect as a whole or not at all; says the ids as far as they are known. */
type SendTogether<R> = (rows: readonly R[]) => Promise<readonly (string | undefined)[]>

/** Only a refusal in the service's own words says that nothing was written; a gateway's may come after the fact. */
const isRefusal = (error: unknown): error is DynamicsError | SignInError =>
  error instanceof SignInError ||
  (error instanceof DynamicsError && (error.status < 500 || error.dataverseCode !== undefined))

/** Would this refusal meet every row alike? Then looking for the bad one is in vain. */
const concernsTheRequest = (error: DynamicsError | SignInError): boolean =>
  error instanceof SignInError ||
  error.retryable ||
  error.status === 401 ||
  error.status === 429 ||
  error.status === 501 ||
  error.missingPrivilege !== undefined ||
  // No such table or message. A missing row has a code of its own.
  (error.status === 404 && !isNotFound(error))

/**
 * Writes rows in chunks. The service rolls a chunk back for one bad row and does not say which, so a refused chunk is
 * halved until the bad rows are alone: k bad rows among n cost about 2 k log2(n) requests.
 */
export const splitWrites = async <R>(
  rows: readonly R[],
  { chunkSize = defaultChunkSize, signal }: BulkOptions,
  send: SendTogether<R>,
): Promise<readonly BulkOutcome[]> => {
  if (!(Number.isInteger(chunkSize) && chunkSize > 0)) {
    throw new InvalidArgumentError('chunkSize must be 1 or more.')
  }
  const outcomes: BulkOutcome[] = rows.map(() => ({ outcome: 'skipped' }))
  const settle = (from: number, to: number, outcome: (index: number) => BulkOutcome): void => {
    for (let index = from; index < to; index += 1) outcomes[index] = outcome(index - from)
  }

  /** False when it is no use to go on. */
  const write = async (from: number, to: number): Promise<boolean> => {
    if (signal?.aborted) return false
    try {
      const ids = await send(rows.slice(from, to))
      settle(from, to, (index) => ({ outcome: 'done', id: ids[index] }))
      return true
    } catch (error) {
      // An abort must not take the outcomes of earlier rows with it.
      if (!isHttpError(error) && !signal?.aborted) throw error
      if (!isRefusal(error)) {
        settle(from, to, () => ({ outcome: 'unknown', error }))
        return false
      }
      if (concernsTheRequest(error)) {
        settle(from, to, () => ({ outcome: 'failed', error }))
        return false
      }
      if (to - from === 1) {
        settle(from, to, () => ({ outcome: 'failed', error }))
        return true
      }
      const middle = from + Math.ceil((to - from) / 2)
      return (await write(from, middle)) && (await write(middle, to))
    }
  }

  for (let from = 0; from < rows.length; from += chunkSize) {
    if (!(await write(from, Math.min(from + chunkSize, rows.length)))) break
  }
  return outcomes
}
