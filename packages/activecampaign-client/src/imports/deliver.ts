import { type HttpError, isHttpError, isUnknownOutcomeError, UnknownOutcomeError } from '@dynacamp/http'
import { z } from 'zod'
import { type ApiCall, type CallOptions, type Connection, decode } from '../connection.ts'
import { type ActiveCampaignError, isActiveCampaignError } from '../error.ts'
import { id } from '../wire.ts'
import type { Chunk, Pending } from './chunks.ts'
import type { ImportBatch, ImportRejection } from './import-handle.ts'

/** What is the same in all requests of an import. */
export interface Frame {
  readonly exclude_automations?: true
  readonly callback?: unknown
}

/** The two ways to the service: requests of one contact have a tighter limit than those of several. */
export interface ImportConnections {
  readonly single: Connection
  readonly multi: Connection
}

/** What became of a chunk. */
export interface Delivered {
  readonly batches: readonly ImportBatch[]
  readonly rejected: readonly ImportRejection[]
}

const queued = z.object({ batchId: id })

/**
 * Sends contacts until each is queued or rejected by itself. The service queues nothing of a request with a bad contact in
 * it, and names the bad ones by their places. Whether it counts from 0 or from 1 is not documented, so the contact named and the
 * one before it are sent alone, and the others together. A refusal that names nobody concerns the request and is thrown.
 *
 * @throws UnknownOutcomeError when it comes after some of the contacts were queued
 */
export async function deliver(
  to: ImportConnections,
  chunk: Chunk,
  frame: Frame,
  options: CallOptions | undefined,
): Promise<Delivered> {
  if (chunk.length === 0) return { batches: [], rejected: [] }
  try {
    const batchId = await post(to, chunk, frame, options)
    return { batches: [{ batchId, contacts: chunk.length }], rejected: [] }
  } catch (error) {
    const suspects = isRejection(error) ? namedIn(error, chunk) : []
    const [suspect] = suspects
    if (!isRejection(error) || suspect === undefined) throw error
    if (chunk.length === 1) return { batches: [], rejected: [rejection(suspect, error)] }

    const others = chunk.filter((each) => !suspects.includes(each))
    const delivered: Delivered[] = []
    try {
      for (const part of [others, ...suspects.map((each) => [each])])
        delivered.push(await deliver(to, part, frame, options))
    } catch (met) {
      const isPartQueued = delivered.some(({ batches }) => batches.length > 0)
      throw isPartQueued && isHttpError(met) ? partlyQueued(met) : met
    }
    return {
      batches: delivered.flatMap((part) => part.batches),
      rejected: delivered.flatMap((part) => part.rejected),
    }
  }
}

/** What was queued cannot be called back, and sent again it would be imported twice. */
const partlyQueued = (cause: HttpError): UnknownOutcomeError =>
  isUnknownOutcomeError(cause)
    ? cause
    : new UnknownOutcomeError(
        'imports.start: some of the contacts are queued, the others met an error; see what became of the first before you send them again',
        {
          operation: 'imports.start',
          method: 'POST',
          ...(cause.status !== undefined && { status: cause.status }),
        },
        { cause },
      )

async function post(
  to: ImportConnections,
  chunk: Chunk,
  frame: Frame,
  options: CallOptions | undefined,
): Promise<string> {
  const json = { ...frame, contacts: chunk.map(({ contact }) => contact) }
  const call: ApiCall = {
    operation: 'imports.start',
    method: 'POST',
    path: 'import/bulk_import',
    json,
    options,
  }
  const { body } = await (chunk.length === 1 ? to.single : to.multi).send(call)
  return decode(call, queued, body).batchId
}

const isRejection = (error: unknown): error is ActiveCampaignError =>
  isActiveCampaignError(error) &&
  error.code !== 'rate-limited' &&
  (error.status === 400 || error.code === 'failed')

const namedIn = (error: ActiveCampaignError, chunk: Chunk): Chunk => {
  const places = new Set(
    error.details.flatMap(({ contact }) => (contact === undefined ? [] : [contact - 1, contact])),
  )
  return chunk.filter((_, place) => places.has(place))
}

const rejection = ({ index, contact }: Pending, error: ActiveCampaignError): ImportRejection => ({
  index,
  email: contact.email,
  code: 'rejected',
  messages: error.messages,
})
