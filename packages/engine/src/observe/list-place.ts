import type { PagedList } from '@dynacamp/activecampaign-client'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
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

/**
 * Reads a list page by page from where an interrupted reading stands. Each page is stored together with its place, and is a place
 * to stop at.
 *
 * @param what - Names the rows in an error.
 *
 * @throws UnreadableAnswerError when rows could not be read; their page is read again the next time.
 */
export const readList = async <Row>(
  context: SyncContext,
  list: ListName,
  { rows, what }: { readonly rows: PagedList<Row>; readonly what: string },
  store: (state: StateTransaction, rows: readonly Row[]) => Promise<void>,
): Promise<void> => {
  const continuationToken = (await inState(context, (state) => placeIn(state, list))) ?? undefined
  for await (const page of rows.byPage({ continuationToken })) {
    if (page.problems.length > 0) throw new UnreadableAnswerError(what, page.problems.length)
    await inState(context, async (state) => {
      await store(state, page.rows)
      await state.cursors.set(cursorName(list), page.continuationToken ?? '')
    })
    if (page.continuationToken !== undefined) await context.boundary()
  }
}
