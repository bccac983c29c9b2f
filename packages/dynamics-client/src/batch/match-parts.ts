import { MalformedResponseError } from '@dynacamp/http'
import { dynamicsErrorFrom, judgeDataverse } from '../errors/to-dynamics-error.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import { type Answer, unexpectedResponse } from '../transport.ts'
import { idOfEntityUrl } from '../written.ts'
import { isChangeSet } from './build-batch.ts'
import type { BatchItem, BatchOutcome, BatchResponse, ChangeSet } from './change-set.ts'
import type { BatchPart, PartAnswer } from './parse-batch.ts'

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const requestIdOf = (part: PartAnswer): string | undefined =>
  part.headers.get('x-ms-service-request-id') ?? part.headers.get('req_id') ?? undefined

const toResponse = (part: PartAnswer, { operation, method }: PreparedRequest): BatchResponse => {
  const { status, headers, text } = part
  return {
    status,
    headers,
    text,
    requestId: requestIdOf(part),
    id: idOfEntityUrl(headers.get('odata-entityid')),
    json: () => {
      if (text === '') return undefined
      const value = parseJson(text)
      if (value !== undefined) return value
      throw new MalformedResponseError(`${operation}: the answer (${status}) is not JSON`, {
        operation,
        method,
        status,
      })
    },
  }
}

const failed = (part: PartAnswer, { operation, method, path }: PreparedRequest): BatchOutcome => {
  const { status, headers, text } = part
  const body = parseJson(text)
  const verdict = judgeDataverse({ operation, method, status, headers, body, attempt: 1 })
  const error = dynamicsErrorFrom({
    operation,
    method,
    status,
    body,
    url: path,
    requestId: requestIdOf(part),
    retryable: verdict === 'refused' || status === 429,
  })
  return { outcome: 'failed', error }
}

/** The answers of a change set, in the order of its requests: by Content-ID, or as they come. */
const inOrder = (parts: readonly PartAnswer[], size: number): readonly PartAnswer[] => {
  const byId = new Map(parts.map((part) => [part.contentId, part]))
  const sorted = Array.from({ length: size }, (_, index) => byId.get(String(index + 1)))
  return sorted.every((part) => part !== undefined) ? sorted : parts
}

const missing = (answer: Answer, index: number) =>
  unexpectedResponse(answer, [
    { path: `(part ${index + 1})`, message: 'the answer to this request is missing' },
  ])

const changeSetOutcome = (item: ChangeSet, part: BatchPart, index: number, answer: Answer): BatchOutcome => {
  const [first] = item.changeSet
  if (first === undefined) throw missing(answer, index)
  // One error stands for the whole change set.
  if (!('changeSet' in part)) return failed(part, { ...first, operation: 'batch.changeSet' })
  const refused = part.changeSet.find((each) => each.status >= 400)
  if (refused !== undefined) return failed(refused, { ...first, operation: 'batch.changeSet' })
  const answers = inOrder(part.changeSet, item.changeSet.length)
  if (answers.length !== item.changeSet.length) throw missing(answer, index)
  const [response, ...rest] = item.changeSet.flatMap((request, position) => {
    const own = answers[position]
    return own === undefined ? [] : [toResponse(own, request)]
  })
  if (response === undefined) throw missing(answer, index)
  return { outcome: 'done', responses: [response, ...rest] }
}

const requestOutcome = (
  request: PreparedRequest,
  part: BatchPart,
  index: number,
  answer: Answer,
): BatchOutcome => {
  if ('changeSet' in part) throw missing(answer, index)
  return part.status >= 400
    ? failed(part, request)
    : { outcome: 'done', responses: [toResponse(part, request)] }
}

/** Answers come in the order of the requests; after a failure the rest may be missing, and was not run. */
export const matchParts = (
  items: readonly BatchItem[],
  parts: readonly BatchPart[],
  answer: Answer,
): readonly BatchOutcome[] => {
  let stopped = false
  return items.map((item, index): BatchOutcome => {
    const part = parts[index]
    if (part === undefined) {
      if (!stopped) throw missing(answer, index)
      return { outcome: 'skipped' }
    }
    const outcome = isChangeSet(item)
      ? changeSetOutcome(item, part, index, answer)
      : requestOutcome(item, part, index, answer)
    stopped ||= outcome.outcome === 'failed'
    return outcome
  })
}
