import { z } from 'zod'
import { type ApiCall, type CallOptions, type Connection, decode } from '../connection.ts'
import { type ActiveCampaignError, isActiveCampaignError } from '../error.ts'
import { id } from '../wire.ts'
import type { Chunk } from './chunks.ts'
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
 * Sends contacts until each is queued or rejected by itself. The service queues nothing of a request with one bad contact
 * in it and names the bad ones by their places; whether it counts from 0 or from 1 is not documented, so both are sent
 * alone, and the others together. Without places, the request is halved.
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
    if (!isRejection(error)) throw error
    const [only] = chunk
    if (chunk.length === 1 && only !== undefined) {
      const { index, contact } = only
      return {
        batches: [],
        rejected: [{ index, email: contact.email, code: 'rejected', messages: error.messages }],
      }
    }
    const batches: ImportBatch[] = []
    const rejected: ImportRejection[] = []
    for (const part of partsOf(chunk, error)) {
      const delivered = await deliver(to, part, frame, options)
      batches.push(...delivered.batches)
      rejected.push(...delivered.rejected)
    }
    return { batches, rejected }
  }
}

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

function partsOf(chunk: Chunk, error: ActiveCampaignError): readonly Chunk[] {
  const named = new Set(
    error.details.flatMap(({ contact }) => (contact === undefined ? [] : [contact - 1, contact])),
  )
  const suspects = chunk.filter((_, place) => named.has(place))
  const others = chunk.filter((_, place) => !named.has(place))
  if (suspects.length > 0 && others.length > 0) return [others, ...suspects.map((suspect) => [suspect])]
  const half = Math.ceil(chunk.length / 2)
  return [chunk.slice(0, half), chunk.slice(half)]
}
