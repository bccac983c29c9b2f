import * as z from 'zod'
import { guidPattern } from './guid.ts'
import { followLink, readPages } from './pages.ts'
import type { CallOptions, PreparedRequest } from './prepared-request.ts'
import type { RowProblem, RowReader } from './row-reader.ts'
import { type Transport, unexpectedResponse } from './transport.ts'

/** One entry of the feed. The service does not tell created from updated rows. */
export type Change<R> =
  /** The row's present state, however often it changed. */
  | { readonly kind: 'upsert'; readonly row: R }
  /** The row is gone; its id may be one never seen, of a row created and deleted between two reads. */
  | { readonly kind: 'deletion'; readonly id: string }
  /** A changed row that is not as the schema says. */
  | { readonly kind: 'problem'; readonly problem: RowProblem }

/** A page of the feed: with a continuation token while there are more, with the delta link at the end. */
export interface ChangePage<R> {
  readonly changes: readonly Change<R>[]
  readonly continuationToken: string | undefined
  /** On the last page only. Store it once all pages have been processed. */
  readonly deltaLink: string | undefined
}

/** Changes that are read while they are iterated. */
export interface ChangeFeed<R> extends AsyncIterable<Change<R>> {
  /**
   * The same changes as pages. With the token of an earlier page it goes on after that page, in another process if need
   * be; ask for the changes with the same options.
   *
   * @throws what `changes()` throws
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const sizes = async (client: DynamicsClient) => {
   *   const counts: number[] = []
   *   const feed = client.table(contact).changes({ select: ['lastname'] })
   *   for await (const page of feed.byPage()) counts.push(page.changes.length)
   *   return counts
   * }
   */
  byPage(options?: { readonly continuationToken?: string | undefined }): AsyncIterable<ChangePage<R>>
  /** Undefined until an iteration has reached the end: only then is everything before the link known. */
  readonly deltaLink: string | undefined
}

const deletedEntity = z.looseObject({
  '@odata.context': z.string().endsWith('$deletedEntity').optional(),
  id: z.string(),
  reason: z.enum(['deleted', 'changed']),
})

const toChange = <R>(reader: RowReader<R>, value: unknown): Change<R> => {
  const deleted = deletedEntity.safeParse(value)
  if (deleted.success) {
    // A bare GUID here; OData itself allows the row's URL.
    const id = /([^()/]+)\)?$/.exec(deleted.data.id)?.[1] ?? ''
    return guidPattern.test(id)
      ? { kind: 'deletion', id: id.toLowerCase() }
      : { kind: 'problem', problem: reader.problem(value) }
  }
  return reader.accepts(value)
    ? { kind: 'upsert', row: value }
    : { kind: 'problem', problem: reader.problem(value) }
}

export const createChangeFeed = <R>(
  transport: Transport,
  first: PreparedRequest,
  reader: RowReader<R>,
  options: CallOptions,
): ChangeFeed<R> => {
  let deltaLink: string | undefined

  async function* byPage({ continuationToken }: { readonly continuationToken?: string | undefined } = {}) {
    const start = continuationToken === undefined ? first : followLink(first, continuationToken)
    for await (const page of readPages(transport, start, options)) {
      // A link next to a next link would skip the pages in between.
      const complete = page.nextLink === undefined ? page.deltaLink : undefined
      if (page.nextLink === undefined && complete === undefined) {
        throw unexpectedResponse(page.answer, [
          {
            path: '@odata.deltaLink',
            message: 'missing on the last page: is change tracking enabled for the table?',
          },
        ])
      }
      const changes = page.values.map((value) => toChange(reader, value))
      yield { changes, continuationToken: page.nextLink, deltaLink: complete }
      deltaLink = complete
    }
  }

  return {
    byPage,
    get deltaLink() {
      return deltaLink
    },
    async *[Symbol.asyncIterator]() {
      for await (const page of byPage()) yield* page.changes
    },
  }
}
