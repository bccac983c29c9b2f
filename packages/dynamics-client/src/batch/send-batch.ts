import { UnknownOutcomeError } from '@dynacamp/http'
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts'
import { dynamicsErrorFrom } from '../errors/to-dynamics-error.ts'
import type { CallOptions, PreparedRequest } from '../prepared-request.ts'
import { type Answer, type Transport, unexpectedResponse } from '../transport.ts'
import { buildBatch, isChangeSet } from './build-batch.ts'
import type { BatchItem, BatchOutcome } from './change-set.ts'
import { matchParts } from './match-parts.ts'
import { type BatchPart, parseBatch } from './parse-batch.ts'

/** How a batch runs. */
export interface BatchOptions extends CallOptions {
  /** Run the rest after a failure. Default: false, the service stops at the first. */
  readonly continueOnError?: boolean
}

/** https://learn.microsoft.com/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api */
const maxRequests = 1_000

/** A batch that stopped answers with an error status, and yet with all that was done. */
const answeredWithParts = [400, 403, 404, 405, 412]

const isRepeatable = (request: PreparedRequest): boolean =>
  request.repeatable ?? ['GET', 'PUT', 'DELETE'].includes(request.method)

const isMultipart = ({ headers, text }: Answer): boolean =>
  /^multipart\/mixed/i.test(headers.get('content-type') ?? '') || /^\s*--\S/.test(text)

const readParts = (answer: Answer): readonly BatchPart[] => {
  const { headers, text, status, request, requestId, url } = answer
  if (!isMultipart(answer)) {
    const details = { operation: request.operation, method: request.method, url, status, requestId }
    if (status >= 400) throw dynamicsErrorFrom({ ...details, body: answer.json() })
    throw unexpectedResponse(answer, [{ path: '(body)', message: 'expected a multipart answer' }])
  }
  return parseBatch(text, headers.get('content-type'))
}

/** Sends many requests as one. */
export const sendBatch = async (
  transport: Transport,
  items: readonly BatchItem[],
  options: BatchOptions,
): Promise<readonly BatchOutcome[]> => {
  const requests = items.flatMap((item) => (isChangeSet(item) ? item.changeSet : [item]))
  if (requests.length > maxRequests) {
    throw new InvalidArgumentError(`A batch takes ${maxRequests} requests, not ${requests.length}.`)
  }
  if (items.some((item) => isChangeSet(item) && item.changeSet.length === 0)) {
    throw new InvalidArgumentError('A change set needs at least one request.')
  }
  if (requests.length === 0) return []
  const { boundary, text } = buildBatch(items, transport)
  const repeatable = requests.every(isRepeatable)
  const request: PreparedRequest = {
    operation: 'batch',
    method: 'POST',
    path: '$batch',
    headers: options.continueOnError === true ? { Prefer: 'odata.continue-on-error' } : {},
    repeatable,
  }
  const answer = await transport.send(request, {
    ...options,
    expect: answeredWithParts,
    body: { text, contentType: `multipart/mixed;boundary="${boundary}"` },
  })
  try {
    return matchParts(items, readParts(answer), answer)
  } catch (cause) {
    if (repeatable || answer.status >= 400) throw cause
    // The service did all of it; what exactly can no longer be read.
    throw new UnknownOutcomeError(
      'batch: the answer cannot be read, so nobody knows which requests took effect',
      {
        operation: 'batch',
        method: 'POST',
        url: answer.url,
        status: answer.status,
        requestId: answer.requestId,
      },
      { cause },
    )
  }
}
