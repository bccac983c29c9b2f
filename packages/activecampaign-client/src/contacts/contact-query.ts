import type { Query } from '@dynacamp/http'
import type { CallOptions } from '../connection.ts'
import { type Instant, isoOf } from '../instant.ts'

/** Which contacts to list. All conditions must hold; none given means all contacts. */
export interface ContactQuery extends CallOptions {
  /** Changed at or after this instant, by the service's own clock. Read with an overlap and compare contents: the
   * service tells neither whether the bound itself is included nor orders changes within a second. */
  readonly updatedAfter?: Instant | undefined
  /** Milliseconds to look further back than `updatedAfter`. Default: 0. */
  readonly overlapMs?: number | undefined
  readonly updatedBefore?: Instant | undefined
  readonly createdAfter?: Instant | undefined
  readonly createdBefore?: Instant | undefined
  /** Exactly this e-mail. */
  readonly email?: string | undefined
  /** Part of an e-mail. */
  readonly emailLike?: string | undefined
  /** Part of name, organisation, phone or e-mail. */
  readonly search?: string | undefined
  /** Start of a phone number. */
  readonly phone?: string | undefined
  readonly tagId?: string | undefined
  readonly listId?: string | undefined
  /** With `listId`: the status on that list. */
  readonly status?: 'unconfirmed' | 'active' | 'unsubscribed' | 'bounced' | undefined
  /** Contacts that are or were in this automation. */
  readonly automationId?: string | undefined
  /** Contacts of a segment. The service computes it in the background, so the first calls of an hour may list nobody. */
  readonly segmentId?: string | undefined
  readonly ids?: readonly string[] | undefined
  /** Only contacts with a greater id: continues a list after the last contact that was read. */
  readonly afterId?: string | undefined
}

const statusNumbers = { unconfirmed: 0, active: 1, unsubscribed: 2, bounced: 3 } as const

export function queryParameters(query: ContactQuery): Query {
  const { updatedAfter, updatedBefore, createdAfter, createdBefore, overlapMs = 0 } = query
  return {
    'filters[updated_after]': updatedAfter && isoOf(updatedAfter, -overlapMs),
    'filters[updated_before]': updatedBefore && isoOf(updatedBefore),
    'filters[created_after]': createdAfter && isoOf(createdAfter),
    'filters[created_before]': createdBefore && isoOf(createdBefore),
    email: query.email,
    email_like: query.emailLike,
    search: query.search,
    phone: query.phone,
    tagid: query.tagId,
    listid: query.listId,
    status: query.status && statusNumbers[query.status],
    seriesid: query.automationId,
    segmentid: query.segmentId,
    'ids[]': query.ids,
  }
}
