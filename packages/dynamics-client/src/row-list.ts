import { RowProblemsError } from './errors/row-problems-error.ts'
import { followLink, readPages } from './pages.ts'
import type { CallOptions, PreparedRequest } from './prepared-request.ts'
import type { RowProblem, RowReader } from './row-reader.ts'
import type { Transport } from './transport.ts'

/** A page of rows. */
export interface RowPage<R> {
  readonly rows: readonly R[]
  /** Rows of this page that are not as the schema says. */
  readonly problems: readonly RowProblem[]
  /** Give it to `byPage` to go on after this page, in another process if need be; undefined after the last page. */
  readonly continuationToken: string | undefined
  /** With `count: true`: matching rows, at most 5000. */
  readonly count: number | undefined
}

/** Rows that are read while they are iterated, page by page; each iteration reads anew. */
export interface RowList<R> extends AsyncIterable<R> {
  /**
   * The same rows as pages. With the token of an earlier page it goes on after that page; list with the same options,
   * as the service wants its preferences repeated.
   *
   * @throws what `list()` throws, but for `RowProblemsError`
   * @example
   * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
   *
   * const firstPage = async (client: DynamicsClient, continuationToken?: string) => {
   *   const list = client.table(contact).list({ select: ['fullname'], pageSize: 50 })
   *   for await (const page of list.byPage({ continuationToken })) return page
   *   return undefined
   * }
   */
  byPage(options?: { readonly continuationToken?: string | undefined }): AsyncIterable<RowPage<R>>
}

/** How many unreadable rows an error carries, so that memory stays flat. */
const keptProblems = 100

export const createRowList = <R>(
  transport: Transport,
  first: PreparedRequest,
  reader: RowReader<R>,
  options: CallOptions,
): RowList<R> => {
  async function* byPage({ continuationToken }: { readonly continuationToken?: string | undefined } = {}) {
    const start = continuationToken === undefined ? first : followLink(first, continuationToken)
    for await (const { values, nextLink, count } of readPages(transport, start, options)) {
      const rows: R[] = []
      const problems: RowProblem[] = []
      for (const value of values) {
        if (reader.accepts(value)) rows.push(value)
        else problems.push(reader.problem(value))
      }
      yield { rows, problems, continuationToken: nextLink, count }
    }
  }

  return {
    byPage,
    async *[Symbol.asyncIterator]() {
      const kept: RowProblem[] = []
      let count = 0
      for await (const page of byPage()) {
        yield* page.rows
        count += page.problems.length
        kept.push(...page.problems.slice(0, keptProblems - kept.length))
      }
      if (count > 0) throw new RowProblemsError(count, kept)
    },
  }
}
