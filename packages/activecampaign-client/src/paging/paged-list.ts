import { ActiveCampaignError, type RowProblem } from '../error.ts'
import type { Extra } from '../row.ts'

/** One page of a list. */
export interface Page<T> {
  readonly rows: readonly T[]
  /** Rows of this page that could not be read. */
  readonly problems: readonly RowProblem[]
  /** How many rows the whole list has, where the service says so. */
  readonly total: number | undefined
  /** Goes on behind this page, also in another process: `byPage({ continuationToken })` of the same list. Missing at its end. */
  readonly continuationToken?: string
  /** What else was in the answer, as it arrived: rows that the service sends along, by their kind. */
  readonly included: Extra
}

/**
 * A list of the service, read page by page as it is iterated, to its end; each iteration reads it anew. Rows that
 * could not be read are left out, and after the last row an {@link ActiveCampaignError} `malformed-rows`
 * names them: nothing is lost unseen. {@link PagedList.byPage} hands them over instead.
 *
 * @example
 * ```ts
 * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
 *
 * async function namesOfTags(client: ActiveCampaignClient) {
 *   const names: string[] = []
 *   for await (const tag of client.tags.list()) names.push(tag.tag)
 *   return names
 * }
 * ```
 */
export interface PagedList<T> extends AsyncIterable<T> {
  /**
   * The same rows, a page at a time, with what could not be read; from a later page on with the token of the one before it.
   *
   * @throws ActiveCampaignError what the list's own method throws; never `malformed-rows`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function unreadable(client: ActiveCampaignClient) {
   *   const ids: (string | undefined)[] = []
   *   for await (const page of client.contacts.list().byPage()) ids.push(...page.problems.map(({ id }) => id))
   *   return ids
   * }
   * ```
   */
  byPage(options?: { readonly continuationToken?: string | undefined }): AsyncIterable<Page<T>>
  /**
   * All rows at once. For lists known to be short.
   *
   * @throws ActiveCampaignError `malformed-rows` when a row could not be read
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * const fields = (client: ActiveCampaignClient) => client.fields.list().toArray()
   * ```
   */
  toArray(): Promise<T[]>
}

/** A list from what reads its pages. */
export function pagedList<T>(
  operation: string,
  byPage: (continuationToken: string | undefined) => AsyncGenerator<Page<T>>,
): PagedList<T> {
  async function* rows(): AsyncGenerator<T> {
    const bad: RowProblem[] = []
    for await (const page of byPage(undefined)) {
      yield* page.rows
      bad.push(...page.problems)
    }
    if (bad.length > 0) throw malformedRows(operation, bad)
  }
  return {
    byPage: ({ continuationToken } = {}) => byPage(continuationToken),
    [Symbol.asyncIterator]: rows,
    toArray: () => collect(rows()),
  }
}

function malformedRows(operation: string, rows: readonly RowProblem[]): ActiveCampaignError {
  const first = rows[0]?.problems[0]
  return new ActiveCampaignError(
    `${operation}: ${rows.length} rows could not be read; the first has an unexpected ${first?.path}: ${first?.message}`,
    { operation, code: 'malformed-rows', rows },
  )
}

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const row of rows) all.push(row)
  return all
}
