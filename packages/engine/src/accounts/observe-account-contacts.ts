import type { AccountContact } from '@dynacamp/activecampaign-client'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import { beginOrGoOn, generationOf, removeUnseen } from '../observe/generation.ts'
import { placeIn, readList } from '../observe/list-place.ts'
import type { StateTransaction } from '../state/state-store.ts'
import {
  accountContactKind,
  accountContactRecord,
  accountField,
  countMade,
  forgetMade,
  noteCame,
  refreshAccounts,
} from './account-contacts.ts'

/**
 * `yes`: all of them were read, and came in the order of their ids, so that new ones are at the end; `no`: not in that order. While
 * they are read, the last id that came.
 */
const cursor = 'activecampaign/accountContacts/ascending'

const isAscending = (ids: readonly string[]): boolean =>
  ids.every((id, index) => index === 0 || Number(id) > Number(ids[index - 1]))

const save = async (
  context: SyncContext,
  state: StateTransaction,
  rows: readonly AccountContact[],
  generation: number,
): Promise<void> => {
  await state.records.save(rows.map(accountContactRecord), { generation, pending: false })
  await refreshAccounts(
    state,
    context.definition,
    rows.map(({ contact }) => contact),
  )
}

const what = 'account contacts of ActiveCampaign'

async function* pagesFrom(context: SyncContext, startAt: number) {
  const { activeCampaign, signal } = context
  const query = { startAt, ...(signal && { signal }) }
  for await (const page of activeCampaign.accountContacts.list(query).byPage()) {
    if (page.problems.length > 0) throw new UnreadableAnswerError(what, page.problems.length)
    yield page.rows
  }
}

/**
 * Reads what came after the last one that was read before; false when that is not where it was. A contact moves by a delete and a create,
 * and ids only grow: where one went away, another row stands in its place, or none. It need not be one that nobody knows: those that the
 * sync has made since are known, so they do not count, and each of them has to come again.
 */
const readNew = async (context: SyncContext): Promise<boolean> => {
  const read = await inState(
    context,
    async (state) => (await state.records.count(accountContactKind)) - (await countMade(state)),
  )
  let first = read > 0
  for await (const rows of pagesFrom(context, Math.max(read - 1, 0))) {
    const inPlace = await inState(context, async (state) => {
      const ids = rows.map(({ id }) => id)
      const isInPlace = await noteCame(state, ids)
      if (first && !isInPlace) return false
      const generation = await generationOf(state, accountContactKind)
      await save(context, state, rows, generation)
      return isAscending(ids)
    })
    if (!inPlace) return false
    if (!first) await context.boundary()
    first = false
  }
  // Nothing came where one was known: it went away.
  return !first && (await inState(context, countMade)) === 0
}

/** Those that a full reading did not show are gone; their contacts have no account, or another one. */
const forgetUnseen = (context: SyncContext, generation: number): Promise<void> =>
  removeUnseen(context, accountContactKind, generation, async (state, gone) => {
    const lost = await state.records.find(accountContactKind, gone)
    await state.records.remove(accountContactKind, gone)
    await refreshAccounts(
      state,
      context.definition,
      lost.map(({ fields }) => String(fields.contact)),
    )
  })

const readAll = async (context: SyncContext): Promise<void> => {
  const { activeCampaign, signal } = context
  const generation = await inState(context, async (state) => {
    const goesOn = (await placeIn(state, 'account-contacts')) !== null
    if (!goesOn) await state.cursors.set(cursor, '')
    return beginOrGoOn(state, accountContactKind, goesOn)
  })
  const list = { rows: activeCampaign.accountContacts.list(signal ? { signal } : {}), what }
  await readList(context, 'account-contacts', list, async (state, rows) => {
    const last = (await state.cursors.get(cursor)) ?? ''
    const ids = rows.map(({ id }) => id)
    const ascending = last !== 'no' && isAscending(last === '' ? ids : [last, ...ids])
    await state.cursors.set(cursor, ascending ? (ids.at(-1) ?? last) : 'no')
    await save(context, state, rows, generation)
  })
  await forgetUnseen(context, generation)
  await inState(context, async (state) => {
    await forgetMade(state)
    if ((await state.cursors.get(cursor)) !== 'no') await state.cursors.set(cursor, 'yes')
  })
}

/**
 * Reads which contact is in which account. Nobody says whether a move shows in the contact, so these are read by themselves: one
 * call when nothing changed, one more per hundred new ones, and all of them when one went away.
 */
export const observeAccountContacts = async (
  context: SyncContext,
  { full }: { readonly full: boolean },
): Promise<void> => {
  if (accountField(context.definition) === undefined) return
  const ascending = await inState(context, ({ cursors }) => cursors.get(cursor))
  if (!full && ascending === 'yes' && (await readNew(context))) return
  await readAll(context)
}
