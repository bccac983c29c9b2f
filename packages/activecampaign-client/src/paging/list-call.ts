import type { Query } from '@dynacamp/http'
import type { ApiCall, CallOptions, Connection } from '../connection.ts'
import { ActiveCampaignError } from '../error.ts'
import type { DecodedPage, RowSource } from './decode-rows.ts'

/** The most the service gives at once; 20 is what it gives unasked. */
export const limit = 100

/** A list of the service: where it is and how an answer of it is read. */
export interface ListCall<T> extends RowSource {
  readonly query?: Query
  readonly options?: CallOptions | undefined
  /** How many rows to leave out at the start of a list that is paged by offset. */
  readonly startAt?: number | undefined
  readonly decode: (answer: unknown) => DecodedPage<T>
}

/** One page of a list. */
export async function getPage<T>(
  connection: Connection,
  call: ListCall<T>,
  query: Query,
): Promise<DecodedPage<T>> {
  const { operation, path, options } = call
  const page: ApiCall = { operation, path, options, method: 'GET', query: { ...call.query, ...query } }
  return call.decode((await connection.send(page)).body)
}

/** The error for a list that would be read for ever. */
export const endless = ({ operation }: RowSource, why: string): ActiveCampaignError =>
  new ActiveCampaignError(`${operation}: ${why}`, { operation, code: 'endless-paging' })
