import { z } from 'zod'
import { malformed, problemsOf } from '../answer-error.ts'
import type { RowProblem } from '../error.ts'
import { id, number } from '../wire.ts'
import type { Page } from './paged-list.ts'

/** Where rows come from, for errors. */
export interface RowSource {
  readonly operation: string
  readonly path: string
}

/** Rows of one answer. */
export interface DecodedPage<T> extends Page<T> {
  /** The id of each of `rows`, where it has one. */
  readonly rowIds: readonly (string | undefined)[]
  /** Ids of all rows, also of those that could not be read. */
  readonly ids: readonly string[]
  /** How many rows came. */
  readonly received: number
}

const rowWithId = z.object({ id })
const envelope = z.record(z.string(), z.unknown())
const totalOf = z.object({ meta: z.object({ total: number }) })

/** Reads the rows under a key of an answer, each by itself: one bad row does not take its page down. */
export function decodeRows<T>(
  source: RowSource,
  key: string,
  row: z.ZodType<T>,
  answer: unknown,
): DecodedPage<T> {
  const { operation, path } = source
  const body = envelope.safeParse(answer).data ?? {}
  const list = body[key]
  if (!Array.isArray(list)) {
    throw malformed(operation, `GET ${path}`, [{ path: key, message: 'expected an array' }])
  }
  const rows: T[] = []
  const rowIds: (string | undefined)[] = []
  const problems: RowProblem[] = []
  const ids: string[] = []
  for (const [index, raw] of list.entries()) {
    const rowId = rowWithId.safeParse(raw).data?.id
    if (rowId !== undefined) ids.push(rowId)
    const read = row.safeParse(raw)
    if (read.success) {
      rows.push(read.data)
      rowIds.push(rowId)
    } else problems.push({ operation, id: rowId, problems: problemsOf(read.error, [key, index]) })
  }
  const { [key]: _, meta: __, ...included } = body
  const total = totalOf.safeParse(answer).data?.meta.total ?? undefined
  return { rows, rowIds, problems, total, included, ids, received: list.length }
}

/** Rows that an answer about something else sends along; none when it sends none. */
export function sideLoad<T>(
  source: RowSource,
  key: string,
  row: z.ZodType<T>,
  answer: unknown,
): DecodedPage<T> {
  const list = envelope.safeParse(answer).data?.[key]
  // The service sends ids in place of rows in some answers.
  const rows = Array.isArray(list) ? list.filter((item) => typeof item === 'object') : []
  return decodeRows(source, key, row, { [key]: rows })
}
