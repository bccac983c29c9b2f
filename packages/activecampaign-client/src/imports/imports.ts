import type { Clock } from '@dynacamp/http'
import { z } from 'zod'
import { type ApiCall, type CallOptions, type Connection, decode } from '../connection.ts'
import { ActiveCampaignError } from '../error.ts'
import { ids, number, text } from '../wire.ts'
import { chunksOf, fits, jsonBytes, type Pending } from './chunks.ts'
import { deliver, type Frame, type ImportConnections } from './deliver.ts'
import { type ImportContact, wireImport } from './import-contact.ts'
import type { ImportHandle, ImportRejection } from './import-handle.ts'

/** How to import. */
export interface ImportOptions extends CallOptions {
  /** Start no automations; faster. Default: false. */
  readonly excludeAutomations?: boolean | undefined
  /** The service posts the result of each request here. */
  readonly callbackUrl?: string | undefined
  /** Go on where this handle stopped. Give the same contacts in the same order. */
  readonly resume?: ImportHandle | undefined
  /** Called after each request, before the next one is sent: keep the handle, and nothing is lost. */
  readonly onProgress?: ((handle: ImportHandle) => void | Promise<void>) | undefined
}

/** What became of contacts that were queued together. */
export interface ImportBatchStatus {
  readonly batchId: string
  /** `waiting`, `claimed`, `active`, `completed`; only the last is documented. */
  readonly status: string
  /** Ids of contacts that were made or updated. */
  readonly contactIds: readonly string[]
  /** E-mail addresses that failed: bounced, excluded, unsubscribed, over the limit of the plan. */
  readonly failedEmails: readonly string[]
}

/** What became of an import. */
export interface ImportStatus {
  /** Are all batches completed? */
  readonly done: boolean
  readonly batches: readonly ImportBatchStatus[]
}

const statusSchema = z.object({ status: text, success: ids, failure: z.array(text).nullish() })
const dayOfQueue = z.object({ forDate: text, batches: number, contacts: number })
const queueSchema = z.object({ outstanding: z.array(dayOfQueue), recentlyCompleted: z.array(dayOfQueue) })

/** How much the service has to import, by day. */
export type ImportQueue = Readonly<z.output<typeof queueSchema>>

const nothing: ImportHandle = { version: 1, taken: 0, batches: [], rejected: [] }
const defaultPollMs = 5_000
const defaultTimeoutMs = 30 * 60_000

/** Bulk import. @see https://developers.activecampaign.com/reference/bulk-import-contacts */
export class Imports {
  readonly #bulk: ImportConnections
  readonly #connection: Connection
  readonly #clock: Clock

  constructor(bulk: ImportConnections, connection: Connection, clock: Clock) {
    this.#bulk = bulk
    this.#connection = connection
    this.#clock = clock
  }

  /**
   * Queues contacts for import, in requests of at most 250 contacts and 399,999 bytes, within the limits of 100 requests
   * a minute (20 for requests of one contact). Contacts may come from a generator: no more than one request is held in
   * memory. A contact that the service refuses is reported in the handle and does not keep the others back. Below ten
   * contacts, `contacts.sync` is better. Imports fire no webhooks.
   *
   * Endpoint: `POST /import/bulk_import`, one call per request, two more per refused contact; never repeated when its
   * outcome is unknown: resuming from the last handle sends that request again.
   *
   * @throws ActiveCampaignError, UnknownOutcomeError: `onProgress` had the last handle
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient, ImportContact } from '@dynacamp/activecampaign-client'
   *
   * async function importAll(client: ActiveCampaignClient, contacts: AsyncIterable<ImportContact>) {
   *   const handle = await client.imports.start(contacts, {
   *     excludeAutomations: true,
   *     onProgress: (handle) => console.log(`${handle.taken} contacts queued`),
   *   })
   *   const { batches } = await client.imports.wait(handle)
   *   return { refused: handle.rejected, failed: batches.flatMap((batch) => batch.failedEmails) }
   * }
   * ```
   */
  async start(
    contacts: Iterable<ImportContact> | AsyncIterable<ImportContact>,
    options: ImportOptions = {},
  ): Promise<ImportHandle> {
    const { excludeAutomations = false, onProgress } = options
    const frame = frameOf(options)
    const frameBytes = jsonBytes({ ...frame, contacts: [] })
    const tooLarge: ImportRejection[] = []
    let handle = options.resume ?? nothing
    let read = 0

    async function* pending(): AsyncGenerator<Pending> {
      for await (const each of contacts) {
        const index = read++
        if (index < handle.taken) continue
        const contact = wireImport(each, excludeAutomations)
        const next: Pending = { index, contact, bytes: jsonBytes(contact) }
        if (fits(next, frameBytes)) yield next
        else tooLarge.push({ index, email: contact.email, code: 'too-large', messages: [] })
      }
    }

    const advance = async (taken: number, part: Pick<ImportHandle, 'batches' | 'rejected'>) => {
      const refused = tooLarge.splice(0, tooLarge.findLastIndex(({ index }) => index < taken) + 1)
      handle = {
        version: 1,
        taken: Math.max(handle.taken, taken),
        batches: [...handle.batches, ...part.batches],
        rejected: [...handle.rejected, ...part.rejected, ...refused],
      }
      await onProgress?.(handle)
    }

    for await (const chunk of chunksOf(pending(), frameBytes)) {
      const delivered = await deliver(this.#bulk, chunk, frame, options)
      await advance((chunk.at(-1)?.index ?? 0) + 1, delivered)
    }
    if (tooLarge.length > 0) await advance(read, { batches: [], rejected: [] })
    return handle
  }

  /**
   * What became of an import so far.
   *
   * Endpoint: `GET /import/info`, one call per batch of the handle.
   *
   * @throws ActiveCampaignError
   *
   * @example
   * ```ts
   * import { type ActiveCampaignClient, parseImportHandle } from '@dynacamp/activecampaign-client'
   *
   * async function isDone(client: ActiveCampaignClient, saved: string) {
   *   return (await client.imports.status(parseImportHandle(JSON.parse(saved)))).done
   * }
   * ```
   */
  async status(handle: ImportHandle, options?: CallOptions): Promise<ImportStatus> {
    const batches: ImportBatchStatus[] = []
    for (const { batchId } of handle.batches) batches.push(await this.#batchStatus(batchId, options))
    return { done: batches.every(isCompleted), batches }
  }

  /**
   * Waits until an import is done.
   *
   * Endpoint: `GET /import/info`, one call per open batch every five seconds.
   *
   * @param options `pollEveryMs`, default 5,000; `timeoutMs`, default 30 minutes
   * @throws ActiveCampaignError `not-ready` after the time; the import goes on
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient, ImportHandle } from '@dynacamp/activecampaign-client'
   *
   * async function failedEmails(client: ActiveCampaignClient, handle: ImportHandle) {
   *   const { batches } = await client.imports.wait(handle, { timeoutMs: 600_000 })
   *   return batches.flatMap((batch) => batch.failedEmails)
   * }
   * ```
   */
  async wait(
    handle: ImportHandle,
    options: CallOptions & {
      readonly pollEveryMs?: number | undefined
      readonly timeoutMs?: number | undefined
    } = {},
  ): Promise<ImportStatus> {
    const { pollEveryMs = defaultPollMs, timeoutMs = defaultTimeoutMs } = options
    const endMs = this.#clock.now() + timeoutMs
    const batches: ImportBatchStatus[] = []
    for (const { batchId } of handle.batches) {
      let batch = await this.#batchStatus(batchId, options)
      while (!isCompleted(batch)) {
        if (this.#clock.now() >= endMs) throw notReady(batch)
        await this.#clock.sleep(pollEveryMs, options.signal)
        batch = await this.#batchStatus(batchId, options)
      }
      batches.push(batch)
    }
    return { done: true, batches }
  }

  /**
   * How much the service has to import, from whomever.
   *
   * Endpoint: `GET /import/bulk_import`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function isBusy(client: ActiveCampaignClient) {
   *   return (await client.imports.queue()).outstanding.length > 0
   * }
   * ```
   */
  queue(options?: CallOptions): Promise<ImportQueue> {
    const call = { operation: 'imports.queue', method: 'GET', path: 'import/bulk_import', options } as const
    return this.#connection.read(call, queueSchema)
  }

  async #batchStatus(batchId: string, options: CallOptions | undefined): Promise<ImportBatchStatus> {
    const call: ApiCall = {
      operation: 'imports.status',
      method: 'GET',
      path: 'import/info',
      query: { batchId },
      options,
    }
    const { status, success, failure } = decode(call, statusSchema, (await this.#connection.send(call)).body)
    return { batchId, status, contactIds: success, failedEmails: failure ?? [] }
  }
}

const isCompleted = ({ status }: ImportBatchStatus): boolean => status === 'completed'

const notReady = ({ batchId, status }: ImportBatchStatus): ActiveCampaignError =>
  new ActiveCampaignError(
    `imports.wait: batch ${batchId} is still ${status}; ask again later with the same handle`,
    {
      operation: 'imports.wait',
      code: 'not-ready',
      retryable: true,
    },
  )

const frameOf = ({ excludeAutomations, callbackUrl }: ImportOptions): Frame => ({
  ...(excludeAutomations === true && { exclude_automations: true }),
  ...(callbackUrl !== undefined && {
    callback: { url: callbackUrl, requestType: 'POST', detailed_results: 'true', params: [], headers: [] },
  }),
})
