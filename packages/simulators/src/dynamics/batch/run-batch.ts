import type { Answer } from '../../shared/exchange.ts'
import type { Call } from '../call.ts'
import { badRequest, DataverseError } from '../dataverse-error.ts'
import { type BatchPart, parseBatch } from './multipart.ts'

/** Does one part as a call of its own; what it throws is the part's error. */
export type PerformPart = (part: BatchPart, resolveContentId: (reference: string) => string) => Answer
/** Writes an error as an answer. */
export type ErrorAnswer = (error: DataverseError, part: BatchPart) => Answer

const operationLimit = 1000

const reasons: Readonly<Partial<Record<number, string>>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
}

const headerNames: Readonly<Partial<Record<string, string>>> = {
  'content-type': 'Content-Type',
  'odata-version': 'OData-Version',
  'odata-entityid': 'OData-EntityId',
  location: 'Location',
  etag: 'ETag',
  'preference-applied': 'Preference-Applied',
}

/** An answer as a part of the multipart body; failed parts name the request for support (`REQ_ID`). */
function writePart(answer: Answer, requestId: string, contentId?: string): string {
  const headers = Object.entries(answer.headers ?? {})
    .filter(([name]) => name in headerNames)
    .map(([name, value]) => `${headerNames[name]}: ${value}\r\n`)
  return [
    'Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n',
    contentId === undefined ? '' : `Content-ID: ${contentId}\r\n`,
    `\r\nHTTP/1.1 ${answer.status} ${reasons[answer.status] ?? 'Unknown'}\r\n`,
    answer.status >= 400 ? `REQ_ID: ${requestId}\r\n` : '',
    ...headers,
    `\r\n${answer.body ?? ''}\r\n`,
  ].join('')
}

const assemble = (boundary: string, parts: readonly string[]): string =>
  `${parts.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n`

/** Thrown through the transaction of a changeset, so that it is undone, with the answer that replaces it. */
class FailedPart extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super('A part of the changeset failed.')
    this.answer = answer
  }
}

/** `POST $batch`: operations one after another, changesets as one transaction each. */
export function runBatch(call: Call, perform: PerformPart, toAnswer: ErrorAnswer): Answer {
  const items = parseBatch(call.body, call.headers.get('content-type'))
  const operations = items.reduce((sum, item) => sum + ('changeset' in item ? item.changeset.length : 1), 0)
  if (operations > operationLimit) {
    throw badRequest(`The number of operations in the batch exceeds the limit of ${operationLimit}.`)
  }
  const { random, store } = call.environment
  const answered = (part: BatchPart, resolve: (reference: string) => string): Answer => {
    try {
      return perform(part, resolve)
    } catch (error) {
      if (error instanceof DataverseError) return toAnswer(error, part)
      throw error
    }
  }

  const runChangeset = (parts: readonly BatchPart[]): { readonly text: string; readonly failed: boolean } => {
    const results = new Map<string, string>()
    const resolve = (reference: string): string => {
      const [, id = '', rest = ''] = /^\$([^/]+)(.*)$/.exec(reference) ?? []
      const url = results.get(id)
      if (url === undefined) {
        throw badRequest(`Content-ID Reference: '$${id}' does not exist in the batch context.`)
      }
      return url + rest
    }
    try {
      const written = store.transaction(() =>
        parts.map((part) => {
          if (part.contentId === undefined)
            throw new FailedPart(toAnswer(badRequest('Content-ID header not present.'), part))
          const answer =
            part.method === 'GET'
              ? toAnswer(badRequest('A changeset cannot have GET requests.'), part)
              : answered(part, resolve)
          if (answer.status >= 400) throw new FailedPart(answer)
          const url = answer.headers?.['odata-entityid'] ?? answer.headers?.location
          if (url !== undefined) results.set(part.contentId, url)
          return writePart(answer, random.guid(), part.contentId)
        }),
      )
      const boundary = `changesetresponse_${random.guid()}`
      const head = `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n`
      return { text: `${head}${assemble(boundary, written)}`, failed: false }
    } catch (error) {
      if (error instanceof FailedPart) return { text: writePart(error.answer, random.guid()), failed: true }
      throw error
    }
  }

  const noReference = (reference: string): string => {
    throw badRequest(`Content-ID Reference: '${reference}' does not exist in the batch context.`)
  }
  const texts: string[] = []
  let stopped = false
  for (const item of items) {
    if ('changeset' in item) {
      const { text, failed } = runChangeset(item.changeset)
      texts.push(text)
      stopped = failed
    } else {
      const answer = answered(item, noReference)
      texts.push(writePart(answer, random.guid()))
      stopped = answer.status >= 400
    }
    if (stopped && !call.prefer.continueOnError) break
    stopped = false
  }
  const boundary = `batchresponse_${random.guid()}`
  return {
    status: stopped ? 400 : 200,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}`, 'odata-version': '4.0' },
    body: assemble(boundary, texts),
  }
}
