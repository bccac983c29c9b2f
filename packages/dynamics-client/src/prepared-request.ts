import type { Query } from '@dynacamp/http'
import type { JsonValue } from './schema/table.ts'

/**
 * A request as a value: what a method would send. `request()` sends it as it is, `batch()` sends many together.
 * @example
 * import { contact, type DynamicsClient, type PreparedRequest } from '@dynacamp/dynamics-client'
 *
 * const rename = (client: DynamicsClient, id: string): PreparedRequest =>
 *   client.table(contact).prepare.update(id, { lastname: 'Ek' })
 */
export interface PreparedRequest {
  /** For events and errors: `contacts.update`. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/data/v9.2/`, percent-encoded; or an absolute URL of the environment. */
  readonly path: string
  /** Values are percent-encoded when sent. */
  readonly query?: Query
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: JsonValue
  /** Is sending twice the same as sending once? Default: true for GET, PUT, DELETE. */
  readonly repeatable?: boolean
}

/** What every call takes. */
export interface CallOptions {
  /** Aborts the call: it rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Milliseconds for the whole call, its waiting and repeating included; of a list or feed, for each page. */
  readonly deadlineMs?: number
}
