import { isActiveCampaignError, type PagedList, type RowProblem } from '@dynacamp/activecampaign-client'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import { fromText } from '../state/json.ts'
import type { CursorState, StateTransaction } from '../state/state-store.ts'

/** Lists that are read in as many goes as it takes. */
export type ListName =
  | 'accounts'
  | 'account-values'
  | 'account-contacts'
  | 'records'
  | 'field-values'
  | 'memberships'

const names: readonly ListName[] = [
  'accounts',
  'account-values',
  'account-contacts',
  'records',
  'field-values',
  'memberships',
]

const cursorName = (list: ListName): string => `reading/${list}`

/** Behind which page an interrupted reading goes on; null where there is none. */
export const placeIn = async ({ cursors }: StateTransaction, list: ListName): Promise<string | null> => {
  const token = await cursors.get(cursorName(list))
  return token === null || token === '' ? null : token
}

/** The next reading begins at the front. */
export const clearListPlace = (cursors: CursorState, list: ListName): Promise<void> =>
  cursors.set(cursorName(list), '')

export const clearListPlaces = async ({ cursors }: StateTransaction): Promise<void> => {
  for (const list of names) await clearListPlace(cursors, list)
}

/** A list, what its rows are called in an error, and what they are read of where the list is read once for each of several. */
interface ListSource<Row> {
  readonly rows: PagedList<Row>
  readonly what: string
  readonly of?: string
  /** Is told of rows that could not be read, before their page is stored. Without it they end the reading. */
  readonly onProblems?: (problems: readonly RowProblem[]) => Promise<void>
}

type Store<Row> = (state: StateTransaction, rows: readonly Row[]) => Promise<void>

interface OwnedPlace {
  readonly of: string
  readonly token: string
}

/** A page belongs to what it was read of: the pages of another begin elsewhere. */
const tokenOf = (place: string | null, of: string | undefined): string | undefined => {
  if (place === null || of === undefined) return place ?? undefined
  const owned = fromText<Partial<OwnedPlace>>(place)
  return owned.of === of ? owned.token : undefined
}

const placeAt = (token: string | undefined, of: string | undefined): string =>
  token === undefined || of === undefined ? (token ?? '') : JSON.stringify({ of, token } satisfies OwnedPlace)

const readFrom = async <Row>(
  context: SyncContext,
  list: ListName,
  { rows, what, of, onProblems }: ListSource<Row>,
  continuationToken: string | undefined,
  store: Store<Row>,
): Promise<void> => {
  for await (const page of rows.byPage({ continuationToken })) {
    if (page.problems.length > 0) {
      if (onProblems === undefined) throw new UnreadableAnswerError(what, page.problems.length)
      await onProblems(page.problems)
    }
    await inState(context, async (state) => {
      await store(state, page.rows)
      await state.cursors.set(cursorName(list), placeAt(page.continuationToken, of))
    })
    if (page.continuationToken !== undefined) await context.boundary()
  }
}

/** The list has changed so much that the place is not found in it any more, or the place is not one of it. */
const isLost = (error: unknown): boolean =>
  isActiveCampaignError(error) && (error.code === 'endless-paging' || error.code === 'invalid-argument')

/**
 * Reads a list page by page from where an interrupted reading stands. Each page is stored together with its place, and is a place
 * to stop at. A place that is not found again, as many rows have gone since, is given up once: the list is read from the front.
 *
 * @throws UnreadableAnswerError when rows could not be read; their page is read again the next time.
 */
export const readList = async <Row>(
  context: SyncContext,
  list: ListName,
  source: ListSource<Row>,
  store: Store<Row>,
): Promise<void> => {
  const token = tokenOf(await inState(context, (state) => placeIn(state, list)), source.of)
  try {
    await readFrom(context, list, source, token, store)
  } catch (error) {
    if (token === undefined || !isLost(error)) throw error
    await inState(context, ({ cursors }) => clearListPlace(cursors, list))
    await readFrom(context, list, source, undefined, store)
  }
}
