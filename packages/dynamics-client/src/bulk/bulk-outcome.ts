import type { DynamicsError } from '../errors/dynamics-error.ts'
import type { SignInError } from '../errors/sign-in-error.ts'
import type { CallOptions } from '../prepared-request.ts'
import type { RecordKey } from '../record-key.ts'
import type { CreateValues, TableNames, UpdateValues, UpsertValues } from '../schema/table.ts'

/** What became of one row of a bulk write. */
export type BulkOutcome =
  /** Written. `id` as far as it is known: an upsert by alternate key is not told. */
  | { readonly outcome: 'done'; readonly id: string | undefined }
  /** Not written: the service refused this row, or the whole request for a reason that splitting cannot cure. */
  | { readonly outcome: 'failed'; readonly error: DynamicsError | SignInError }
  /** Sent, and nobody knows whether it took effect: look before writing it again. */
  | { readonly outcome: 'unknown'; readonly error: unknown }
  /** Not sent: the call was aborted, or an earlier request met with something that later ones would meet too. */
  | { readonly outcome: 'skipped' }

/** How a bulk write is cut up. */
export interface BulkOptions extends CallOptions {
  /** Rows per request. Default 1000, as recommended for standard tables; elastic ones want 100. */
  readonly chunkSize?: number
}

/** A row for `createMany`, with a GUID of yours or without. */
export interface RowToCreate<T extends TableNames> {
  readonly id?: string
  readonly values: CreateValues<T>
}

/** A row for `updateMany`. */
export interface RowToUpdate<T extends TableNames> {
  readonly id: string
  readonly values: UpdateValues<T>
}

/** A row for `upsertMany`, by id or alternate key. */
export interface RowToUpsert<T extends TableNames> {
  readonly key: RecordKey
  readonly values: UpsertValues<T>
}
