import type { BatchItem, BatchOutcome, PreparedRequest } from '@dynacamp/dynamics-client'
import type { Exchange } from './exchange.ts'
import { given } from './given.ts'
import { answersIn, type BatchPart, type HttpPart, parseBatch, statusOf } from './multipart.ts'

/** The requests of a recorded batch, for the client to send. */
export function recordedItems({ request, response }: Exchange): readonly BatchItem[] {
  if (typeof request.body === 'string') return parseBatch(request.body).map((part) => toItem(part, toRequest))
  // Some recordings have the answer only. Who created what is written in it.
  return parseBatch(String(response.body)).map((part) => toItem(part, impliedRequest))
}

function toItem(part: BatchPart, toRequest: (part: HttpPart) => PreparedRequest): BatchItem {
  return 'changeSet' in part ? { changeSet: part.changeSet.map(toRequest) } : toRequest(part)
}

function toRequest({ start, body }: HttpPart): PreparedRequest {
  const [method = 'GET', url = ''] = start.split(' ')
  return {
    operation: 'conformance',
    method: given(method),
    path: url.replace(/^.*\/api\/data\/v[\d.]+\//, ''),
    ...(body === '' ? {} : { body: JSON.parse(body) }),
  }
}

/** The request of which only the answer is known: a row created, or read. */
function impliedRequest({ start, headers }: HttpPart): PreparedRequest {
  const created = /\/([a-z_\d]+)\(([^)]+)\)$/.exec(headers.get('odata-entityid') ?? '')
  const [, set = 'accounts', id = '00000000-0000-0000-0000-000000000404'] = created ?? []
  if (start.includes(' 204')) return { operation: 'conformance', method: 'POST', path: set, body: {} }
  return { operation: 'conformance', method: 'GET', path: `${set}(${id})` }
}

/** A batch for a recording that has the answer only. */
export function impliedBatch(exchange: Exchange): string {
  const lines = (request: PreparedRequest, id: number) => [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    `Content-ID: ${id}`,
    '',
    `${request.method} /api/data/v9.2/${request.path} HTTP/1.1`,
    'Content-Type: application/json; type=entry',
    '',
    request.body === undefined ? '' : JSON.stringify(request.body),
  ]
  const parts = recordedItems(exchange).flatMap((item, index) => {
    if (!('changeSet' in item)) return ['--batch', ...lines(item, index)]
    const set = item.changeSet.flatMap((request, position) => [
      '--changeset',
      ...lines(request, position + 1),
    ])
    return ['--batch', 'Content-Type: multipart/mixed; boundary=changeset', '', ...set, '--changeset--']
  })
  return [...parts, '--batch--', ''].join('\r\n')
}

/** Where the sent batch is not the recorded one, part by part. */
export function batchProblems(recorded: string, sent: string): string[] {
  return partProblems(parseBatch(recorded), parseBatch(sent))
}

function partProblems(recorded: readonly BatchPart[], sent: readonly BatchPart[]): string[] {
  if (recorded.length !== sent.length)
    return [`batch: sends ${sent.length} parts, recorded ${recorded.length}`]
  return recorded.flatMap((part, index) => {
    const other = sent[index]
    if (other === undefined) return []
    if ('changeSet' in part)
      return 'changeSet' in other
        ? partProblems(part.changeSet, other.changeSet)
        : ['batch: sends no change set']
    if ('changeSet' in other) return ['batch: sends a change set']
    const [want, have] = [JSON.stringify(comparable(part)), JSON.stringify(comparable(other))]
    return want === have ? [] : [`batch part ${index + 1}: sends ${have}, recorded ${want}`]
  })
}

function comparable(part: HttpPart) {
  const { method, path, body } = toRequest(part)
  return { method, path: decodeURIComponent(path), body }
}

/** What the client made of a batch's answers, held against the recorded parts. @throws what does not agree */
export function checkOutcomes({ response }: Exchange, outcomes: readonly BatchOutcome[]): void {
  const parts = parseBatch(String(response.body))
  for (const [index, part] of parts.entries()) {
    const answers = answersIn(part)
    const recorded = answers.map(statusOf)
    const outcome = outcomes[index]
    const failure = answers.find((answer) => statusOf(answer) >= 400)
    const told =
      outcome?.outcome === 'done'
        ? outcome.responses.map(({ status }) => status)
        : outcome?.outcome === 'failed'
          ? [outcome.error.status]
          : []
    const want = failure === undefined ? recorded : [statusOf(failure)]
    if (JSON.stringify(told) !== JSON.stringify(want)) {
      throw new Error(
        `part ${index + 1} has the statuses ${want.join(', ')}, read as ${told.join(', ') || 'nothing'}`,
      )
    }
    if (
      outcome?.outcome === 'failed' &&
      failure !== undefined &&
      !failure.body.includes(outcome.error.dataverseCode ?? '-')
    ) {
      throw new Error(`part ${index + 1} has another code than ${outcome.error.dataverseCode}`)
    }
  }
}
