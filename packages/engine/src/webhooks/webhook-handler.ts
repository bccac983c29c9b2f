import type { RecordName } from '../state/kinds.ts'

/** What webhooks hand their hints to: a `Sync`. */
export interface RecordSync {
  runRecord(record: RecordName): Promise<{ readonly status: string }>
}

/** Settings of a webhook handler. */
export interface WebhookOptions {
  readonly sync: RecordSync
  /**
   * What a call must bring as `?code=` or in the header `x-webhook-key`, 16 characters at least. Several while it is being
   * changed. Neither service signs its calls, so whoever knows the secret can send hints, and no more than hints.
   */
  readonly secret: string | readonly string[]
  /** Hears why a hint could not be followed. The next run finds the record without it. What it throws itself is dropped. */
  readonly onError?: (error: unknown, record: RecordName) => void
}

/** What serverless hosts give along with a request: work that goes on after the answer. */
export interface WebhookContext {
  waitUntil(work: Promise<unknown>): void
}

/**
 * A handler in the form of the Fetch API. Without a context it answers when the record is synced; with one, at once.
 * It never rejects.
 */
export type WebhookHandler = (request: Request, context?: WebhookContext) => Promise<Response>

/** A call that is refused: its status and what the body says. Nothing of the call is in it. */
export class WebhookRefusal extends Error {
  override readonly name = 'WebhookRefusal'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
